import Link from "next/link";
import { LegalLinks } from "@/components/shell/legal-links";
import { Wordmark } from "@/components/shell/wordmark";
import { Button } from "@/components/ui/button";
import { Field, fieldProps } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { productName } from "@/lib/config";
import { MAX_REPORT } from "@/lib/limits/default-limits";
import type { ReportReason } from "@/lib/media/schema";

const reasons: { value: ReportReason; label: string }[] = [
  { value: "illegal", label: "It is illegal, or shows abuse" },
  { value: "copyright", label: "It copies my work" },
  { value: "personal_data", label: "It shows me or my personal data" },
  { value: "other", label: "Something else" },
];

const problems = new Map<unknown, string>([
  ["invalid", `Choose a reason, and write at most ${MAX_REPORT} characters.`],
  ["tries", "You have sent many reports. Wait a few minutes, then try again."],
  ["unavailable", "The report could not be sent. Try again in a moment."],
]);

type ReportFormProps = {
  token: string;
  action: (form: FormData) => Promise<void>;
  /** The reason why the last report was not sent: for example, "tries" after too many reports. The value comes from the URL. */
  problem: unknown;
};

/** A form for a visitor who reports a shared file. The form needs no account and no JavaScript. */
export function ReportForm({ token, action, problem }: ReportFormProps) {
  const words = problems.get(problem);
  const hint = "What should an administrator know? You need not give your name.";
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-[480px] flex-col px-6 py-8">
      <header className="-m-2.5 flex">
        <Link href="/" aria-label={`${productName}, start page`} className="rounded p-2.5">
          <Wordmark />
        </Link>
      </header>
      <main className="my-auto py-12">
        <h1 className="text-[28px] leading-tight font-medium tracking-tight">Report a shared file</h1>
        <p className="mt-3 text-pretty text-muted">
          An administrator of this site looks at your report, and can end the sharing of the file.
        </p>
        {words ? (
          <p role="alert" className="mt-4 rounded border border-risk/50 px-4 py-3 text-[13px] text-risk">
            {words}
          </p>
        ) : null}
        <form action={action} className="mt-8 flex flex-col gap-6">
          <input type="hidden" name="token" value={token} />
          <fieldset>
            <legend className="text-[13px] font-medium">What is wrong with the file?</legend>
            <div className="mt-2 flex flex-col">
              {reasons.map(({ value, label }) => (
                <label key={value} className="flex min-h-10 items-center gap-3">
                  <input type="radio" name="reason" value={value} required className="size-4 accent-accent" />
                  {label}
                </label>
              ))}
            </div>
          </fieldset>
          <Field label="Details" htmlFor="details" hint={hint}>
            <Textarea {...fieldProps("details", { hint })} name="details" maxLength={MAX_REPORT} />
          </Field>
          <Button type="submit" variant="primary" className="self-start">
            Send report
          </Button>
        </form>
      </main>
      <footer>
        <LegalLinks />
      </footer>
    </div>
  );
}
