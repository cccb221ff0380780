"""An operator and a sensor for Airflow. Written against Airflow's documentation; not run."""

try:
    from airflow.exceptions import AirflowException
    from airflow.models import BaseOperator
    from airflow.sensors.base import BaseSensorOperator
except ImportError as missing:  # the rest of the package needs no Airflow
    raise ImportError("freshet.airflow needs Airflow: pip install 'freshet[airflow]'") from missing

from .changes import Change, notify, wait
from .errors import NotSettled


class FreshetNotifyOperator(BaseOperator):
    """Makes a change known. A task that is tried again sends the same change; its XCom is what the sensor needs."""

    template_fields = ("data_source", "space", "datasets", "tables", "account", "reason", "change_id")

    def __init__(
        self,
        *,
        data_source=None,
        space=None,
        datasets=None,
        tables=None,
        account=None,
        reason=None,
        change_id="{{ run_id }}",
        url=None,
        token=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.data_source = data_source
        self.space = space
        self.datasets = datasets
        self.tables = tables
        self.account = account
        self.reason = reason
        self.change_id = change_id
        self.url = url
        self.token = token

    def execute(self, context):
        change = notify(
            self.data_source,
            space=self.space,
            datasets=self.datasets,
            tables=self.tables,
            account=self.account,
            reason=self.reason,
            source=f"/airflow/{self.dag_id}/{self.task_id}",
            id=self.change_id,
            url=self.url,
            token=self.token,
        )
        return vars(change)


class FreshetSettledSensor(BaseSensorOperator):
    """Waits until the change of a FreshetNotifyOperator is settled; fails where its reports did."""

    template_fields = ("change",)

    def __init__(self, *, change, url=None, token=None, **kwargs):
        super().__init__(**kwargs)
        self.change = change
        self.url = url
        self.token = token

    def poke(self, context):
        try:
            settled = wait(Change(**self.change), url=self.url, token=self.token, give_up_after=30.0)
        except NotSettled as open_still:
            self.log.info("%s", open_still)
            return False
        self.log.info("outcome=%s data=%s runs=%s", settled.outcome, settled.data, settled.runs)
        if not settled.succeeded:
            raise AirflowException(f"The reports didn't all run: {settled.not_succeeded}")
        return True
