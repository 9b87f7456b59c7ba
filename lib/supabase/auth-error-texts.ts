/** What happened, and what the user can do. `operator`: only the operator of the site can fix the problem. */
type Entry = { message: string; remedy: string; operator?: true };

export const unavailable: Entry = {
  message: "The sign-in service can't be reached right now.",
  remedy: "Try again in a moment.",
};
export const tooMany: Entry = { message: "There were too many attempts.", remedy: "Wait a minute, then try again." };
const signInAgain: Entry = { message: "Your sign-in has ended.", remedy: "Sign in again." };
const startAgain: Entry = {
  message: "This sign-in was interrupted, or took too long.",
  remedy: "Start again on the sign-in page.",
};
const misconfigured: Entry = {
  message: "This way to sign in does not work on this site right now.",
  remedy: "Use another way to sign in, or tell the operator of this site.",
  operator: true,
};
const notOffered: Entry = {
  message: "This site does not offer this way to sign in.",
  remedy: "Use another way to sign in.",
  operator: true,
};
const noAccounts: Entry = {
  message: "New accounts can't be created here.",
  remedy: "If you have an account, check the address and sign in. Otherwise ask the operator for an invitation.",
};
const providerFailed: Entry = {
  message: "The service that you sign in with did not confirm who you are.",
  remedy: "Try again, or use another way to sign in.",
};
const taken: Entry = {
  message: "This address is already used by an account.",
  remedy: "Use another address, or sign in with this one.",
};
const usedOrOld: Entry = {
  message: "This code or link is wrong, has expired or was already used.",
  remedy: "Use the newest e-mail, or request a new one.",
};
const wrongFactor: Entry = {
  message: "This code is wrong or too old.",
  remedy: "Enter the code that your authenticator app shows now.",
};
const noFactor: Entry = {
  message: "This authenticator app does not belong to your account any more.",
  remedy: "Open your account page and set up an app again.",
};
const incomplete: Entry = {
  message: "This is not a complete e-mail address.",
  remedy: "Use the form name@example.com.",
};
const lastWay: Entry = {
  message: "This is your only way to sign in.",
  remedy: "Set a password or connect another service first, then disconnect this one.",
};

/**
 * The texts for the error codes. The codes are those of the type `ErrorCode` of @supabase/auth-js, codes that only newer servers
 * send, `access_denied` of OAuth, and two codes of our own: `other_account` and `account_mismatch`.
 * Source: https://github.com/supabase/auth/blob/master/internal/api/apierrors/errorcode.go
 */
const table: [Entry, ...codes: string[]][] = [
  [{ message: "E-mail or password is wrong.", remedy: "Try again, or sign in by e-mail." }, "invalid_credentials"],
  [
    { message: "This e-mail address is not confirmed yet.", remedy: "Sign in by e-mail once, to confirm the address." },
    "email_not_confirmed",
  ],
  [{ message: "This password is too easy to guess.", remedy: "Choose a longer password." }, "weak_password"],
  [{ message: "This is already your password.", remedy: "Choose a different password." }, "same_password"],
  [
    {
      message: "The current password is wrong or missing.",
      remedy: "Enter your current password, or use “Forgot password?” on the sign-in page.",
    },
    "current_password_required",
    "current_password_invalid",
  ],
  [incomplete, "email_address_invalid", "validation_failed"],
  [
    {
      message: "This site cannot send e-mail to you yet.",
      remedy: "The operator of this site must set up SMTP. Until then, use another way to sign in.",
      operator: true,
    },
    "email_address_not_authorized",
  ],
  [noAccounts, "signup_disabled", "otp_disabled", "invite_not_found"],
  [tooMany, "over_request_rate_limit"],
  [
    { message: "Too many e-mails were requested.", remedy: "Use the newest e-mail, or wait a few minutes." },
    "over_email_send_rate_limit",
    "over_sms_send_rate_limit",
  ],
  [
    { message: "The check that you are not a robot has failed.", remedy: "Do this check again, then try again." },
    "captcha_failed",
  ],
  [{ message: "This account is blocked.", remedy: "Ask the operator of this site for help." }, "user_banned"],
  [usedOrOld, "otp_expired", "reauthentication_not_valid"],
  [
    {
      message: "This link works only in the browser where it was requested.",
      remedy: "Open the link in that browser, or request a new e-mail here.",
    },
    "bad_code_verifier",
    "pkce_code_verifier_not_found",
  ],
  [
    {
      message: "This link is not for the e-mail address that you entered in this browser.",
      remedy: "The link did not sign you in. Request a new e-mail here.",
    },
    "other_account",
  ],
  [
    { message: "This browser is already signed in to another account.", remedy: "To switch accounts, sign out first." },
    "account_mismatch",
  ],
  [startAgain, "flow_state_not_found", "flow_state_expired", "flow_state_already_used", "bad_oauth_state"],
  [startAgain, "oauth_client_state_not_found", "oauth_client_state_expired", "oauth_invalid_state"],
  [startAgain, "saml_relay_state_not_found", "saml_relay_state_expired"],
  [{ ...providerFailed, message: "You did not allow the service to sign you in here." }, "access_denied"],
  [
    {
      message: "Your e-mail address is not confirmed at the service that you sign in with.",
      remedy:
        "Confirm the address at that service. Or sign in by e-mail here, and then connect the service in your account.",
    },
    "provider_email_needs_verification",
  ],
  [
    {
      message: "The service that you sign in with did not tell us your e-mail address.",
      remedy: "Allow that service to share your e-mail address with this site, or use another way to sign in.",
    },
    "email_address_not_provided",
    "saml_assertion_no_email",
    "saml_assertion_no_user_id",
  ],
  [providerFailed, "bad_oauth_callback", "unexpected_audience", "saml_entity_id_mismatch"],
  [taken, "email_exists", "phone_exists", "user_already_exists"],
  [
    {
      message: "Your account at that service is already connected to a different account on this site.",
      remedy:
        "Sign out, sign in with that service, and disconnect it on the account page. Then sign in to this account again, and connect the service here.",
    },
    "identity_already_exists",
  ],
  [
    { message: "This service is not connected to your account.", remedy: "Reload your account page." },
    "identity_not_found",
  ],
  [lastWay, "single_identity_not_deletable", "email_conflict_identity_not_deletable"],
  [
    { message: "Your organization manages this account.", remedy: "Ask your organization for help." },
    "user_sso_managed",
  ],
  [signInAgain, "bad_jwt", "no_authorization", "user_not_found", "session_not_found", "session_expired"],
  [signInAgain, "refresh_token_not_found", "refresh_token_already_used"],
  [signInAgain, "reauthentication_needed", "reauth_nonce_missing"],
  [wrongFactor, "mfa_verification_failed", "mfa_verification_rejected", "mfa_challenge_expired"],
  [wrongFactor, "mfa_ip_address_mismatch", "mfa_recovery_codes_locked", "webauthn_challenge_expired"],
  [noFactor, "mfa_factor_not_found"],
  [
    { message: "You cannot add another authenticator app.", remedy: "Remove one of your authenticator apps first." },
    "too_many_enrolled_mfa_factors",
    "mfa_recovery_codes_sole_factor",
    "mfa_verified_factor_exists",
  ],
  [
    { message: "This authenticator app could not be added.", remedy: "Start the set-up again." },
    "mfa_factor_name_conflict",
  ],
  [
    { message: "Enter the code of your authenticator app first.", remedy: "Sign in again and enter the code." },
    "insufficient_aal",
  ],
  [notOffered, "email_provider_disabled", "phone_provider_disabled", "anonymous_provider_disabled"],
  [notOffered, "provider_disabled", "oauth_provider_not_supported", "saml_provider_disabled", "sso_provider_disabled"],
  [notOffered, "sso_provider_not_found", "manual_linking_disabled", "feature_disabled", "web3_provider_disabled"],
  [notOffered, "mfa_phone_enroll_not_enabled", "mfa_phone_verify_not_enabled", "mfa_totp_enroll_not_enabled"],
  [notOffered, "mfa_totp_verify_not_enabled", "mfa_webauthn_enroll_not_enabled", "mfa_webauthn_verify_not_enabled"],
  [notOffered, "mfa_recovery_codes_enroll_not_enabled", "mfa_recovery_codes_verify_not_enabled"],
  [misconfigured, "hook_timeout", "hook_timeout_after_retry", "hook_payload_over_size_limit"],
  [misconfigured, "hook_payload_invalid_content_type", "sms_send_failed", "phone_not_confirmed", "not_admin"],
  [misconfigured, "bad_json", "saml_idp_not_found", "saml_metadata_fetch_failed", "saml_idp_already_exists"],
  [misconfigured, "sso_domain_already_exists"],
  [unavailable, "unexpected_failure", "request_timeout", "conflict"],
];

export const authErrorTexts: ReadonlyMap<string | undefined, Entry> = new Map(
  table.flatMap(([entry, ...codes]) => codes.map((code) => [code, entry] as const)),
);
