import { nameInWords } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { Installation } from "@/lib/admin/schema";
import { NumberTable } from "./number-table";

/** Values of `error_code` and `save_error`, in words. */
const kinds: Record<string, string> = {
  content_rejected: "The model refused the content",
  model_failed: "The model failed",
  provider_refused: "Replicate refused the request",
  provider_unreachable: "Replicate could not be reached",
  timed_out: "The run took too long",
  expired: "Replicate deleted files before they were saved",
  too_large: "A file was too large to be saved",
  empty_output: "The model returned nothing",
  unsupported_output: "A file could not be saved",
  too_many: "There were more files than the limit allows",
};

/** The runs of the last 30 days that failed, by kind. */
export function Failures({ errors }: Pick<Installation, "errors">) {
  return (
    <NumberTable
      columns={["What happened", "Runs", "Last time"]}
      rows={errors.map(({ kind, count, last_at }) => [
        kinds[kind] ?? nameInWords(kind),
        count,
        <LocalTime key={kind} iso={last_at} withDay />,
      ])}
      empty="Nothing has failed in the last 30 days."
    />
  );
}
