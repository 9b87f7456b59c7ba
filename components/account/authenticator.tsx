"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type AccountState, FormProblem } from "./account-form";

/** `setup`: the data of the authenticator app that the user is setting up. `qr` is the URL of an image with the QR code. */
export type AuthenticatorState = AccountState & { setup?: { id: string; secret: string; qr: string } };

type AuthenticatorFormProps = {
  action: (state: AuthenticatorState, form: FormData) => Promise<AuthenticatorState>;
};

/** Sets up an authenticator app: shows its QR code, then asks for the first code. It works without JavaScript. */
export function AuthenticatorForm({ action }: AuthenticatorFormProps) {
  const [{ setup, problem }, submit, isPending] = useActionState(action, {});
  const error = problem?.field === "code" ? problem.text : undefined;
  const hint = "Six digits, which change every 30 seconds";
  return (
    <form action={submit} className="flex max-w-md flex-col items-start gap-4">
      {setup ? (
        <>
          <p className="text-pretty">
            Scan this image with your authenticator app, or type the key below into the app.
          </p>
          <img src={setup.qr} alt="QR code for your authenticator app" className="size-48 rounded bg-white" />
          <div className="flex w-full flex-wrap items-center gap-2">
            <code className="font-mono text-[13px] break-all">{setup.secret}</code>
            <CopyButton text={setup.secret} label="key" />
          </div>
          <div className="w-full">
            <Field label="Code" htmlFor="authenticator-code" hint={hint} error={error}>
              <Input
                {...fieldProps("authenticator-code", { hint, error })}
                name="code"
                required
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="[0-9 ]*"
                maxLength={20}
                className="font-mono tracking-[0.2em]"
              />
            </Field>
          </div>
        </>
      ) : null}
      <FormProblem problem={problem} />
      <Button type="submit" variant={setup ? "primary" : "secondary"} aria-disabled={isPending}>
        {setup ? "Turn on" : "Set up"}
      </Button>
    </form>
  );
}
