"""The table of commitments. Dates hung on a meeting are computed, never stored."""

from django.db import models
from django.db.models import Q

from clearinghouse.access.actor import Actor
from clearinghouse.ledger.models import Recorded, SealedQuerySet
from clearinghouse.mandate.models import Body, Timed
from clearinghouse.plan import policy
from clearinghouse.plan.rules import Adoption


class CommitmentQuerySet(SealedQuerySet["Commitment"]):
    """Asks the policy who sees what."""

    def visibility(self, actor: Actor) -> Q:
        return policy.visibility(actor)


class Commitment(Recorded, Timed):
    """Something somebody is to do by a date, or was proposed to do."""

    code = models.CharField(max_length=60, unique=True)
    number = models.PositiveIntegerField()
    session = models.CharField(max_length=20, blank=True)
    texts = models.JSONField()
    owners = models.JSONField(default=list)  # as named: the committee, its Experts, a body's code
    holder = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    addressed_to = models.JSONField(default=list)
    adoption = models.CharField(max_length=12)

    objects = CommitmentQuerySet.as_manager()

    class Meta(Timed.Meta):
        ordering = ("number", "code")
        constraints = (  # type: ignore[assignment]  # longer than the parent's tuple
            *Timed.Meta.constraints,
            models.CheckConstraint(
                name="commitment_adoption_known",
                condition=Q(adoption__in=[a.value for a in Adoption]),
            ),
        )

    def __str__(self) -> str:
        return self.code
