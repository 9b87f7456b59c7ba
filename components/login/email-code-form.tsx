"use client";

import { Button } from "@/components/ui/button";
import { Captcha } from "./captcha";
import { LoginField } from "./login-field";
import type { CaptchaSettings, LoginState } from "./login-state";
import { ResendButton } from "./resend-button";
import { useFocusOnAnswer } from "./use-focus-on-answer";

type EmailCodeFormProps = {
  state: LoginState;
  submit: (form: FormData) => void;
  isPending: boolean;
  next: string;
  /** A sentence that says which address gets the e-mail. */
  text: string;
  captcha: CaptchaSettings;
  mailUrl: string | null | undefined;
};

/** Shown after an e-mail was requested. Asks for the code in the e-mail, or requests the e-mail again. */
export function EmailCodeForm({ state, submit, isPending, next, text, captcha, mailUrl }: EmailCodeFormProps) {
  const form = useFocusOnAnswer(state);
  const { email, problem, sent } = state;
  const { at = 0, wait = 0, note } = sent ?? {};
  const hidden = { next, email, at, wait };
  const hiddenFields = Object.entries(hidden).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
  return (
    <>
      <form ref={form} action={submit} className="mt-8 flex flex-col">
        {hiddenFields}
        <input type="hidden" name="step" value="code" />
        <div data-answer={problem ? undefined : true} tabIndex={-1} role="status" className="mb-6 outline-none">
          <h2 className="font-medium">Check your e-mail</h2>
          <p className="mt-1.5 text-pretty break-words text-muted">{text}</p>
          <p className="mt-1.5 text-pretty text-muted">
            Open the link in the e-mail, or enter the code from the e-mail here.
          </p>
          {note ? <p className="mt-1.5 text-pretty text-risk">{note}</p> : null}
          {mailUrl ? (
            <p className="mt-1.5">
              <a href={mailUrl} target="_blank" rel="noreferrer" className="underline underline-offset-4">
                Open the e-mails of the sandbox
              </a>
            </p>
          ) : null}
        </div>
        {/* Password managers read from this input to which account the code belongs. */}
        <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
        <LoginField
          id="code"
          label="Code"
          error={problem?.field === "code" ? problem.text : undefined}
          problem={problem?.field === "form" ? problem.text : null}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9 ]*"
          maxLength={20}
          className="font-mono tracking-[0.2em]"
        />
        <Button type="submit" variant="primary" aria-disabled={isPending} className="w-full">
          Sign in
        </Button>
      </form>
      <form action={submit} className="mt-3 flex flex-col">
        {hiddenFields}
        <input type="hidden" name="step" value="resend" />
        {captcha ? <Captcha {...captcha} answer={state} /> : null}
        <ResendButton key={at} wait={wait} isPending={isPending} />
      </form>
    </>
  );
}
