"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Field, fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export type LoginState = {
  email: string;
  /** What went wrong, and where to show it. */
  problem?: { field: "email" | "password" | "form"; text: string };
  /** The message after an e-mail was sent. It replaces the form. */
  sent?: string;
};

type LoginFormProps = {
  action: (state: LoginState, form: FormData) => Promise<LoginState>;
  next: string;
  verb: string;
  /** If set, the form has a password field with this `autocomplete` value. */
  password?: "current-password" | "new-password";
};

/** The form for all three ways to sign in. It works without JavaScript. */
export function LoginForm({ action, next, verb, password }: LoginFormProps) {
  const [state, submit, isPending] = useActionState(action, { email: "" });
  const { problem } = state;

  if (state.sent) {
    return (
      <div role="status" className="rounded border bg-surface p-5">
        <h2 className="font-medium">Check your e-mail</h2>
        <p className="mt-1.5 text-pretty text-muted">{state.sent}</p>
      </div>
    );
  }

  const errorAt = (field: "email" | "password") => (problem?.field === field ? problem.text : undefined);
  const hint = password === "new-password" ? "At least 8 characters" : undefined;
  return (
    <form action={submit} className="flex flex-col gap-5">
      <input type="hidden" name="next" value={next} />
      <Field label="E-mail" htmlFor="email" error={errorAt("email")}>
        <Input
          {...fieldProps("email", { error: errorAt("email") })}
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          defaultValue={state.email}
          key={state.email}
        />
      </Field>
      {password ? (
        <Field label="Password" htmlFor="password" hint={hint} error={errorAt("password")}>
          <Input
            {...fieldProps("password", { hint, error: errorAt("password") })}
            name="password"
            type="password"
            autoComplete={password}
            required
            minLength={password === "new-password" ? 8 : undefined}
            maxLength={72}
          />
        </Field>
      ) : null}
      {problem?.field === "form" ? (
        <p role="alert" className="text-[13px] text-danger">
          {problem.text}
        </p>
      ) : null}
      <Button type="submit" variant="primary" aria-disabled={isPending} className="w-full">
        {verb}
      </Button>
    </form>
  );
}
