import json
import unittest
import urllib.parse
from datetime import datetime, timedelta, timezone

from freshet import Change, FreshetError, NotReached, NotSettled, Refused, notify, wait
from freshet.server import Server

from .fake_server import FakeServer, FakeTime

ACCEPTED = {"accepted": [{"account": "acme", "source": "/etl", "id": "load-1"}]}
CHANGE = Change("acme", "/etl/a b", "load&1")
SETTLED = {
    "state": "settled",
    "settled": {"outcome": "partly", "data": "stale", "runs": {"succeeded": 2}, "not_succeeded": [{"token": "r2"}]},
}


class ChangesTest(unittest.TestCase):
    def setUp(self):
        self.freshet = FakeServer()
        self.addCleanup(self.freshet.close)
        self.time = FakeTime()
        self.server = Server(self.freshet.url + "/", "a-token", sleep=self.time.sleep, clock=self.time.clock)

    def events(self):
        return [json.loads(body) for _, _, _, body in self.freshet.asked]

    def test_notify_sends_a_cloud_event_and_says_what_it_is_known_by(self):
        self.freshet.will_answer(202, ACCEPTED)

        change = notify(
            "843786b025e5",
            tables=("shop.orders",),
            source="/etl",
            id="load-1",
            reason="nightly",
            changed_at=datetime(2026, 3, 1, 6, 0, tzinfo=timezone(timedelta(hours=1))),
            server=self.server,
        )

        self.assertEqual(change, Change("acme", "/etl", "load-1"))
        method, path, headers, _ = self.freshet.asked[0]
        self.assertEqual((method, path), ("POST", "/api/v1/changes"))
        self.assertEqual(headers["Content-Type"], "application/cloudevents+json")
        self.assertEqual(headers["Authorization"], "Bearer a-token")
        self.assertEqual(
            self.events()[0],
            {
                "specversion": "1.0",
                "type": "io.freshet.data-changed.v1",
                "source": "/etl",
                "id": "load-1",
                "data": {
                    "data_source": "843786b025e5",
                    "tables": ["shop.orders"],
                    "changed_at": "2026-03-01T06:00:00+01:00",
                    "reason": "nightly",
                },
            },
        )

    def test_notify_tries_again_with_the_same_event(self):
        self.freshet.will_answer(503, {"detail": "Kafka is away"}, Retry_After="7")
        self.freshet.will_break_off()
        self.freshet.will_answer(202, ACCEPTED)

        notify(space="5a", server=self.server)

        first, second, third = self.events()
        self.assertEqual(first, second)
        self.assertEqual(first, third)
        self.assertTrue(first["id"])
        self.assertEqual(self.time.slept, [7.0, 2.0])

    def test_notify_gives_up_and_says_what_the_last_answer_was(self):
        for _ in range(20):
            self.freshet.will_answer(503, {"detail": "Kafka is away"})

        with self.assertRaisesRegex(NotReached, "60 s.*503: Kafka is away.*Try the same again later"):
            notify(space="5a", server=self.server, give_up_after=60.0)

        self.assertEqual(sum(self.time.slept), 60.0)

    def test_notify_says_where_nobody_listens(self):
        nowhere = FakeServer()
        nowhere.close()
        server = Server(nowhere.url, sleep=self.time.sleep, clock=self.time.clock)

        with self.assertRaisesRegex(NotReached, nowhere.url + " gave no good answer"):
            notify(space="5a", server=server, give_up_after=5.0)

    def test_what_is_refused_is_not_sent_again_and_says_what_to_do(self):
        refused = {"detail": "1 of 1 can't be used.", "errors": [{"index": 0, "code": "bad_token", "reason": "No token."}]}
        for status, body, said in [
            (400, refused, "400: 1 of 1 can't be used. - No token."),
            (401, {}, "FRESHET_TOKEN"),
            (403, {"detail": "This token may not"}, "403: This token may not - ask for a token"),
            (404, {}, "FRESHET_URL"),
            (302, {}, "302"),
        ]:
            with self.subTest(status=status):
                self.freshet.will_answer(status, body, Location="http://127.0.0.1:1/")
                with self.assertRaises(Refused) as raised:
                    notify(space="5a", server=self.server)
                self.assertIn(said, str(raised.exception))
                self.assertEqual(raised.exception.status, status)
        self.assertEqual(self.time.slept, [])

    def test_notify_knows_an_answer_that_is_none_of_freshets(self):
        self.freshet.will_answer(200, {"hello": "world"})

        with self.assertRaisesRegex(FreshetError, "FRESHET_URL"):
            notify(space="5a", server=self.server)

    def test_an_address_is_needed(self):
        with self.assertRaisesRegex(FreshetError, "FRESHET_URL"):
            Server("freshet.example.com")

    def test_wait_asks_until_the_change_is_settled(self):
        self.freshet.will_answer(404, {"detail": "not come yet"})
        self.freshet.will_answer(200, {"state": "open"})
        self.freshet.will_answer(503, {})
        self.freshet.will_answer(200, SETTLED)

        settled = wait(CHANGE, server=self.server)

        self.assertEqual((settled.outcome, settled.data, settled.runs), ("partly", "stale", {"succeeded": 2}))
        self.assertEqual(settled.not_succeeded, [{"token": "r2"}])
        self.assertFalse(settled.succeeded)
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(self.freshet.asked[0][1]).query)
        self.assertEqual(asked, {"account": ["acme"], "source": ["/etl/a b"], "id": ["load&1"], "wait": ["55s"]})
        self.assertEqual(len(self.freshet.asked), 4)

    def test_wait_gives_up_and_has_the_last_answer(self):
        for _ in range(100):
            self.freshet.will_answer(200, {"state": "held"})

        with self.assertRaisesRegex(NotSettled, "after 30 s: it is held") as raised:
            wait(CHANGE, server=self.server, give_up_after=30.0)

        self.assertEqual(raised.exception.answer, {"state": "held"})

    def test_wait_says_that_nobody_knows_the_change(self):
        for _ in range(100):
            self.freshet.will_answer(404, {"detail": "No change with this source and id is known"})

        with self.assertRaisesRegex(NotSettled, "No change with this source and id"):
            wait(CHANGE, server=self.server, give_up_after=30.0)


if __name__ == "__main__":
    unittest.main()
