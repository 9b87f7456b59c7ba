import Link from "next/link";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import { nounOf } from "@/components/media/kind";
import type { Report } from "@/lib/admin/schema";

/** What visitors can choose as the reason of a report, in words. */
const reasons: Record<Report["reason"], string> = {
  illegal: "Illegal",
  copyright: "Copyright",
  personal_data: "Personal data",
  other: "Something else",
};

type ReportCardProps = {
  report: Report;
  /**
   * Each action gets a form with the field `id`. This is the id of the report for `dismiss`, and the id of the file for the other
   * actions.
   */
  actions: Record<"takeDown" | "dismiss" | "permit", (form: FormData) => Promise<void>>;
};

/** Shows a visitor's report of a shared file, with the actions for an administrator. */
export function ReportCard({ report, actions }: ReportCardProps) {
  const { media, resolution } = report;
  const open = media?.open_reports ?? 1;
  return (
    <li className="flex flex-col gap-4 rounded border bg-surface p-4 sm:flex-row">
      <Preview media={media} />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div>
          <p className="text-[13px] text-muted">
            <span className="font-medium text-ink">{reasons[report.reason]}</span>
            {" · "}
            <LocalTime iso={report.created_at} withDay />
          </p>
          {report.details ? (
            <p className="mt-1 max-w-prose text-[13px] wrap-anywhere whitespace-pre-wrap">
              <bdi>{report.details}</bdi>
            </p>
          ) : (
            <p className="mt-1 text-[13px] text-muted">No details were given.</p>
          )}
        </div>
        <p className="flex flex-wrap gap-x-4 text-[13px]">
          {media?.share_token ? (
            <a href={`/s/${media.share_token}`} target="_blank" rel="noreferrer" className={linkClass}>
              Open the shared page
            </a>
          ) : null}
          {media ? (
            <Link href={`/dashboard/admin/users/${media.user_id}`} className={linkClass}>
              Owner of the file
            </Link>
          ) : null}
        </p>
        {resolution ? (
          <div className="flex flex-wrap items-center gap-3 text-[13px] text-muted">
            <span>
              {resolution === "taken_down" ? "Sharing ended" : "Dismissed"} by{" "}
              {report.resolved_by ?? "a deleted account"},{" "}
              {report.resolved_at ? <LocalTime iso={report.resolved_at} withDay /> : null}
            </span>
            {media?.taken_down_at ? <Action action={actions.permit} id={media.id} label="Allow sharing again" /> : null}
          </div>
        ) : (
          <div className="flex flex-wrap gap-2">
            {media ? <Action action={actions.takeDown} id={media.id} label="End sharing" isDanger /> : null}
            <Action
              action={actions.dismiss}
              id={report.id}
              label={open > 1 ? `Dismiss ${plural(open, "report")} of this file` : "Dismiss"}
            />
          </div>
        )}
      </div>
    </li>
  );
}

const linkClass =
  "inline-flex items-center text-ink underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10";

/** Shows the public preview of the file, as the shared page shows it to everybody. */
function Preview({ media }: Pick<Report, "media">) {
  const box = "grid h-40 w-full shrink-0 place-items-center rounded-sm bg-raised sm:size-40";
  const noun = nounOf([media?.kind ?? "file"]);
  if (!media) return <p className={`${box} p-3 text-center text-[13px] text-muted`}>The file was deleted.</p>;
  if (!media.share_token) return <p className={`${box} p-3 text-center text-[13px] text-muted`}>Not shared now</p>;
  const isPicture = media.kind === "image" || media.poster;
  if (!isPicture) return <p className={`${box} p-3 text-center text-[13px] text-muted`}>A shared {noun}</p>;
  const size = media.kind === "image" ? "preview" : "poster";
  return (
    <img
      src={`/api/media/${media.id}?token=${media.share_token}&size=${size}`}
      alt={`The reported ${noun}`}
      loading="lazy"
      className={`${box} object-contain`}
    />
  );
}

type ActionProps = { action: (form: FormData) => Promise<void>; id: string; label: string; isDanger?: boolean };

function Action({ action, id, label, isDanger = false }: ActionProps) {
  return (
    <form action={action}>
      <input type="hidden" name="id" value={id} />
      <Button type="submit" size="sm" variant={isDanger ? "danger" : "secondary"}>
        {label}
      </Button>
    </form>
  );
}
