"""The flow `notify`, and the automation that starts it when another run of ours fails, crashes or needs a person."""

from __future__ import annotations

import os
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.automations import Automation
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.events.actions import RunDeployment
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.exceptions import ObjectNotFound

from flows.states import NEEDS_A_PERSON
from model.errors import ChamraError, MissingProgram
from pipeline.notify import Notices, tell, ways

NAME = "chamra: tell people"
DEPLOYMENT = "notify/people"
_EVENTS = {f"prefect.flow-run.{state}" for state in ("Failed", "Crashed", "TimedOut", NEEDS_A_PERSON)}


def _may_help(_task: object, _run: object, state: State[Any]) -> bool:
    """True where another try may reach somebody: a server that was away, not an address that cannot be meant."""
    try:
        state.result()
    except MissingProgram:
        return True
    except ChamraError:
        return False
    return True


@task(
    name="tell",
    task_run_name="by {way}",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=3,
    retry_delay_seconds=60,
    retry_condition_fn=_may_help,
)
def tell_by(way: str, subject: str, words: str) -> None:
    """Tell people by one way, again and again while its server is away; the others know by then."""
    tell(way, subject, words, Notices())


@flow(name="notify", persist_result=False)
def notify(run: str, state: str, message: str = "") -> list[str]:
    """Tell people by mail and webhook, as the environment says, that a run ended so. Returns the ways by which they
    know; failed where one that is set was of no use, after all have been tried.
    """
    words = f"{message}\n`chamra status -w {os.environ.get('CHAMRA_WORKSPACE', 'W')}` says more.\n"
    chosen = ways(Notices())
    told = {way: tell_by.submit(way, f"Chamra: {run}: {state}", words) for way in chosen}
    for future in told.values():
        future.wait()
    done = [way for way, future in told.items() if future.state.is_completed()]
    get_run_logger().info("told by: %s", ", ".join(done) or "nobody")
    for future in told.values():
        future.result()
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
