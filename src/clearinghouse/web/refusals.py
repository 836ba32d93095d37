"""What the house says when it refuses: a title, what happened, and what may be done now."""

from clearinghouse.kernel.marking import N_

SAID: dict[int, tuple[str, ...]] = {
    400: (
        N_("This request could not be understood"),
        N_("Something in the address or the form was not as expected. Nothing has been changed."),
        N_("Go back, check what you entered and send it again."),
    ),
    403: (
        N_("You may see this, but not do this"),
        N_("The seats you hold do not allow this step. Nothing has been changed."),
        N_("If you think they should, ask the secretariat of the committee."),
    ),
    404: (
        N_("There is nothing here for you to see"),
        N_("The address may be mistyped, the page may have moved, or it is not open to you."),
        N_("Start from the front page, or sign in if you have a seat."),
    ),
    409: (
        N_("This has changed in the meantime"),
        N_(
            "Somebody else changed it, or its time for this step has passed. Your change was not"
            " made, and nothing was lost."
        ),
        N_("Open the page again to see how it stands now, then decide."),
    ),
    413: (
        N_("This is more than can be taken at once"),
        N_("What was sent is larger than one form or one file may be. Nothing has been changed."),
        N_("Send it in parts, or ask the secretariat of the committee how it can be handed in."),
    ),
    429: (
        N_("Too many tries"),
        N_(
            "So many tries came from your place, or for one account, that no more are looked at"
            " for a while. Nothing has been changed."
        ),
        N_("Please wait a few minutes, at most an hour, and try again."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_(
            "The fault has been recorded. Nothing was half done: a step either happens in full or"
            " not at all."
        ),
        N_("Please try again in a few minutes."),
    ),
    503: (
        N_("The service is being attended to"),
        N_(
            "It will be back shortly. Nothing was half done: a step either happens in full or not"
            " at all."
        ),
        N_(
            "If you were sending something, please look whether it is there before you send it"
            " again."
        ),
    ),
}
OURS = (500, 503)  # where no other page may be better off
