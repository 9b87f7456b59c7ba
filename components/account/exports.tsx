import { Download } from "lucide-react";
import { formatBytes, plural } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";

type Part = { url: string; files: number; bytes: number };
type ExportsProps = { exports: { id: string; created_at: string; expires_at: string; parts: Part[] }[] };

/** The exports that can be downloaded. Each part is a plain link, so that a browser can continue an interrupted download. */
export function Exports({ exports }: ExportsProps) {
  return (
    <ul className="divide-y rounded border">
      {exports.map(({ id, created_at, expires_at, parts }) => (
        <li key={id} className="px-4 py-3">
          <p>
            Export of <LocalTime iso={created_at} withDay />
          </p>
          <p className="mt-0.5 text-[13px] text-muted">
            Can be downloaded until <LocalTime iso={expires_at} withDay />
          </p>
          <ul className="mt-2 flex flex-col gap-1">
            {parts.map(({ url, files, bytes }, index) => (
              <li key={url}>
                <a
                  href={url}
                  download
                  className="inline-flex min-h-9 items-center gap-2 underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10"
                >
                  <Download aria-hidden className="size-4 shrink-0 text-muted" />
                  {parts.length > 1 ? `Part ${index + 1} of ${parts.length}` : "Download"}: {plural(files, "file")},{" "}
                  {formatBytes(bytes)}
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
