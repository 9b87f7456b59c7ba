"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { LoginField } from "./login-field";
import type { LoginAction } from "./login-state";
import { useFocusOnAnswer } from "./use-focus-on-answer";

type SecondFactorFormProps = { action: LoginAction; email: string; next: string };

/** Asks for the code of an authenticator app. */
export function SecondFactorForm({ action, email, next }: SecondFactorFormProps) {
  const [state, submit, isPending] = useActionState(action, { email });
  const form = useFocusOnAnswer(state);
  return (
    <form ref={form} action={submit} className="flex flex-col">
      <input type="hidden" name="next" value={next} />
      {/* Password managers read from this input to which account the code belongs. */}
      <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
      <LoginField
        id="code"
        label="Code"
        error={state.problem?.text}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9 ]*"
        maxLength={20}
        className="font-mono tracking-[0.2em]"
      />
      <Button type="submit" variant="primary" aria-disabled={isPending} className="w-full">
        Continue
      </Button>
    </form>
  );
}
