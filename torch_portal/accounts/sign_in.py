"""How people sign in: the settings of django-allauth and django-axes (ADR 0013), in one place."""

from datetime import timedelta

ACCOUNT_ADAPTER = "torch_portal.accounts.adapter.PortalAdapter"
ACCOUNT_FORMS = {
    "signup": "torch_portal.accounts.forms.SignUpForm",
    "reset_password": "torch_portal.accounts.forms.ForgottenForm",
    "reset_password_from_key": "torch_portal.accounts.forms.NewPasswordForm",
    "change_password": "torch_portal.accounts.forms.ChangePasswordForm",
    "reauthenticate": "torch_portal.accounts.forms.AgainForm",
    "add_email": "torch_portal.accounts.forms.ChangeEmailForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip"}  # the lock-out counts the failures
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "torch_portal.accounts.adapter.PortalFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "torch_portal.accounts.forms.CodeForm",
    "reauthenticate": "torch_portal.accounts.forms.CodeAgainForm",
    "activate_totp": "torch_portal.accounts.forms.FirstCodeForm",
    "add_webauthn": "torch_portal.accounts.forms.AddKeyForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address typed anew does not bar a second factor
PASSWORD_RESET_TIMEOUT = 3600
INVITATION_DAYS = 7

# Five failures of one name from one address shut that pair out for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "torch_portal.accounts.lockout.address_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # the sessions of a person say when and from where
