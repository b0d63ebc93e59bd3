"""The flow `notify`, and the automation that starts it when another run of ours fails, crashes or needs a person."""

from __future__ import annotations

import os

from prefect import flow, get_run_logger
from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.events.actions import RunDeployment
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.exceptions import ObjectNotFound

from flows.states import NEEDS_A_PERSON
from pipeline.notify import Notices
from pipeline.notify import notify as tell

NAME = "chamra: tell people"
DEPLOYMENT = "notify/people"
_EVENTS = {f"prefect.flow-run.{state}" for state in ("Failed", "Crashed", "TimedOut", NEEDS_A_PERSON)}


@flow(name="notify", persist_result=False, retries=3, retry_delay_seconds=60)
def notify(run: str, state: str, message: str = "") -> list[str]:
    """Tell people by mail or webhook, as the environment says, that a run ended so. Returns whom it told."""
    words = f"{message}\n`chamra status -w {os.environ.get('CHAMRA_WORKSPACE', 'W')}` says more.\n"
    done = tell(f"Chamra: {run}: {state}", words, Notices())
    get_run_logger().info("told %d", len(done))
    return done


def make_automation() -> bool:
    """Let the server start `notify` when a run needs somebody; False where nobody is to be told.

    It is made anew each time, so that what stands there is of this version.
    """
    settings = Notices()
    with get_client(sync_client=True) as client:
        for old in client.read_automations_by_name(NAME):
            client.delete_automation(old.id)
        if not (settings.mail_to or settings.webhook):
            return False
        try:
            deployment = client.read_deployment_by_name(DEPLOYMENT)
        except ObjectNotFound:
            return False
    Automation(
        name=NAME,
        trigger=EventTrigger(
            expect=_EVENTS,
            match={"prefect.resource.id": "prefect.flow-run.*"},
            # The deployment of `notify` has no such tag: a mail server that is away would keep it busy for ever.
            match_related={"prefect.resource.role": "tag", "prefect.resource.id": "prefect.tag.chamra"},
            posture=Posture.Reactive,
            threshold=1,
        ),
        actions=[
            RunDeployment(
                source="selected",
                deployment_id=deployment.id,
                job_variables=None,
                parameters={
                    "run": _template("{{ flow.name }} {{ flow_run.name }}"),
                    "state": _template("{{ flow_run.state.name }}"),
                    "message": _template("{{ flow_run.state.message }}"),
                },
            )
        ],
    ).create()
    return True


def _template(text: str) -> dict[str, str]:
    """A parameter that the server fills in when it acts."""
    return {"__prefect_kind": "jinja", "template": text}
