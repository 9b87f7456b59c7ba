"use client";

import { type ReactNode, useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Captcha } from "./captcha";
import { EmailCodeForm } from "./email-code-form";
import { LoginField } from "./login-field";
import type { CaptchaSettings, LoginAction } from "./login-state";
import { useFocusOnAnswer } from "./use-focus-on-answer";

export type LoginFormProps = {
  action: LoginAction;
  next: string;
  verb: string;
  /** If set, the form has a password field with this `autocomplete` value. */
  password?: "current-password" | "new-password";
  /** The address of the account, if it is already known. */
  email?: string;
  /** The text that is shown after an e-mail was requested. `{email}` stands for the address. */
  sentText?: string;
  captcha: CaptchaSettings;
  /** Shown above the form, until an e-mail was requested. */
  above?: ReactNode;
  /** In the sandbox, which sends no real e-mails: the URL of the page that shows the e-mails. */
  mailUrl?: string | null;
};

/**
 * The form for all ways to sign in. After an e-mail was requested, the form asks for the code in the e-mail. Works without
 * JavaScript.
 */
export function LoginForm(props: LoginFormProps) {
  const { action, next, verb, password, email, sentText = "", captcha, above, mailUrl } = props;
  const [state, submit, isPending] = useActionState(action, { email: email ?? "" });
  const form = useFocusOnAnswer(state);
  if (state.sent) {
    const text = sentText.replace("{email}", state.email);
    return <EmailCodeForm {...{ state, submit, isPending, next, text, captcha, mailUrl }} />;
  }

  const { problem } = state;
  const errorAt = (field: "email" | "password") => (problem?.field === field ? problem.text : undefined);
  const formProblem = problem?.field === "form" ? problem.text : null;
  const emailProps = {
    name: "email",
    type: "email",
    autoComplete: "username",
    maxLength: 254,
    defaultValue: state.email,
  };
  return (
    <>
      {above}
      <form ref={form} action={submit} className="mt-8 flex flex-col">
        <input type="hidden" name="next" value={next} />
        {email === undefined ? (
          <LoginField
            key={state.email}
            id="email"
            label="E-mail"
            error={errorAt("email")}
            {...(password ? {} : { problem: formProblem })}
            {...emailProps}
          />
        ) : (
          // Password managers read from this input to which account the password belongs.
          <input {...emailProps} readOnly hidden />
        )}
        {password ? (
          <LoginField
            id="password"
            label="Password"
            hint={password === "new-password" ? "At least 8 characters" : undefined}
            error={errorAt("password")}
            problem={formProblem}
            type="password"
            autoComplete={password}
            minLength={password === "new-password" ? 8 : undefined}
            maxLength={72}
          />
        ) : null}
        {captcha ? <Captcha {...captcha} answer={state} /> : null}
        <Button type="submit" variant="primary" aria-disabled={isPending} className="w-full">
          {verb}
        </Button>
      </form>
    </>
  );
}
