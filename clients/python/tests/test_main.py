import contextlib
import io
import os
import unittest
from unittest import mock

from freshet.__main__ import main

from .fake_server import FakeServer
from .test_changes import ACCEPTED, SETTLED


class MainTest(unittest.TestCase):
    def setUp(self):
        self.freshet = FakeServer()
        self.addCleanup(self.freshet.close)
        environment = mock.patch.dict(os.environ, {"FRESHET_URL": self.freshet.url, "FRESHET_TOKEN": ""})
        environment.start()
        self.addCleanup(environment.stop)

    def run_main(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(arguments)
        return code, out.getvalue() + err.getvalue()

    def test_it_prints_what_was_accepted(self):
        self.freshet.will_answer(202, ACCEPTED)

        self.assertEqual(
            self.run_main("--data-source", "5a"), (0, "accepted account=acme source=/etl id=load-1\n")
        )
        self.assertNotIn("Authorization", self.freshet.asked[0][2])

    def test_it_exits_with_1_where_reports_failed(self):
        self.freshet.will_answer(202, ACCEPTED)
        self.freshet.will_answer(200, SETTLED)

        code, said = self.run_main("--data-source", "5a", "--wait")

        self.assertEqual(code, 1)
        self.assertTrue(said.endswith("\nsettled outcome=partly data=stale succeeded=2\n"), said)

    def test_it_exits_with_2_where_it_cannot_tell(self):
        self.freshet.will_answer(403, {"detail": "This token may not"})

        code, said = self.run_main("--data-source", "5a")

        self.assertEqual(code, 2)
        self.assertTrue(said.startswith("freshet: 403: This token may not"), said)


if __name__ == "__main__":
    unittest.main()
