/** The answer of a sign-in form. */
export type LoginState = {
  email: string;
  /** What went wrong, and where to show the message. */
  problem?: { field: "email" | "password" | "code" | "form"; text: string };
  /**
   * Set after an e-mail was requested. The form then asks for the code in the e-mail. `wait`: the seconds until the e-mail can be
   * sent again, counted from `at` (ms since 1970, by the server's clock).
   */
  sent?: { at: number; wait: number; note?: string };
};

export type LoginAction = (state: LoginState, form: FormData) => Promise<LoginState>;

/** The settings of the check that the user is not a robot. Null if this installation has no such check. */
export type CaptchaSettings = { provider: "turnstile" | "hcaptcha"; siteKey: string } | null;
