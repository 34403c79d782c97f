"""What the admin's pages may load beyond the portal's own policy: never anything marked unsafe."""

from csp.constants import NONCE

# The one style that the rich text editor writes into its page. It changes with the editor's releases;
# tests/journeys/test_admin_policy.py compares it with what the browser sees.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

ADMIN_POLICY = {
    "script-src": [NONCE],
    "style-src": [EDITOR_STYLE],
    # Previews of a picture that is still being uploaded; the code for a second factor.
    "img-src": ["data:", "blob:"],
    "font-src": ["'self'"],
    # The preview beside the form.
    "frame-src": ["'self'"],
}
