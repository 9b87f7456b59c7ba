"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, fieldProps } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { type AccountState, FormProblem } from "./account-form";

/** `key`: the key that was made. `values`: what the user has typed, if the form had a problem. */
export type KeyState = AccountState & { key?: string; values?: Record<string, string> };

type KeyFormProps = {
  action: (state: KeyState, form: FormData) => Promise<KeyState>;
  scopes: { name: string; label: string; isUsual: boolean }[];
};

const limits = [
  { name: "daily_images", label: "Images a day", step: 1 },
  { name: "daily_usd", label: "US dollars a day", step: "any" },
];
const limitHint = "No extra limit if empty";

/** Makes an API key, and shows it once. It works without JavaScript. */
export function KeyForm({ action, scopes }: KeyFormProps) {
  const [{ key, problem, values = {} }, submit, isPending] = useActionState(action, {});
  const errorOf = (name: string) => (problem?.field === name ? problem.text : undefined);
  return (
    <form action={submit} className="flex max-w-md flex-col items-start gap-4">
      <div className="w-full">
        <Field
          label="Name of the key"
          htmlFor="keys-name"
          hint="For example, the program that uses the key"
          error={errorOf("name")}
        >
          <Input
            {...fieldProps("keys-name", { hint: true, error: errorOf("name") })}
            name="name"
            required
            maxLength={100}
            autoComplete="off"
            defaultValue={values.name}
          />
        </Field>
      </div>
      <fieldset className="text-[13px]">
        <legend className="font-medium">What this key may do</legend>
        {scopes.map(({ name, label, isUsual }) => (
          <label key={name} className="mt-1 flex min-h-7 cursor-pointer items-center gap-3 pointer-coarse:min-h-10">
            <input
              type="checkbox"
              name="scopes"
              value={name}
              defaultChecked={isUsual}
              className="size-4 accent-accent"
            />
            {label}
          </label>
        ))}
        {errorOf("scopes") ? <p className="mt-1 text-danger">{errorOf("scopes")}</p> : null}
      </fieldset>
      <div className="grid w-full gap-4 sm:grid-cols-3">
        <Field label="Expires" htmlFor="keys-days" error={errorOf("expires_at")}>
          <Select {...fieldProps("keys-days", { error: errorOf("expires_at") })} name="days">
            <option value="">Never</option>
            <option value="30">In 30 days</option>
            <option value="90">In 90 days</option>
            <option value="365">In a year</option>
          </Select>
        </Field>
        {limits.map(({ name, label, step }) => (
          <Field key={name} label={label} htmlFor={`keys-${name}`} hint={limitHint} error={errorOf(name)}>
            <Input
              {...fieldProps(`keys-${name}`, { hint: limitHint, error: errorOf(name) })}
              name={name}
              type="number"
              inputMode="decimal"
              min={0}
              max={1e6}
              step={step}
              defaultValue={values[name]}
            />
          </Field>
        ))}
      </div>
      <FormProblem problem={problem} />
      <Button type="submit" aria-disabled={isPending}>
        Make a key
      </Button>
      {key ? <NewKey value={key} /> : null}
    </form>
  );
}

function NewKey({ value }: { value: string }) {
  return (
    <div role="status" className="w-full rounded border px-4 py-3">
      <p className="text-pretty">Copy your new key now. It will not be shown again.</p>
      <code className="mt-2 mb-3 block font-mono text-[13px] break-all">{value}</code>
      <CopyButton text={value} label="key" showLabel />
    </div>
  );
}
