import type { ReactNode } from "react";
import { SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { modelNameOf } from "@/lib/models/ref";
import { describe } from "@/components/media/describe";
import { DownloadLink } from "@/components/media/download-link";
import { typeOf } from "@/components/media/files/file-facts";
import type { MediaItem } from "@/components/media/media-item";
import { useModelTitle } from "@/components/jobs/model-titles";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { CopyButton } from "@/components/ui/copy-button";
import { formatDuration } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import { parseMediaPath } from "@/lib/media/media-urls";
import { ownMediaIn } from "@/components/media/media-in-input";
import { settingsBesideSize, sizeInWords } from "@/components/media/settings-in-words";
import { Fact } from "./fact";
import { InputMedia } from "./input-media";

type DetailsProps = {
  item: MediaItem;
  /** Set only on Generate: shows the settings of the file in the form. Other pages show a link to Generate instead. */
  onEdit?: () => void;
  children?: ReactNode;
};

/** The class of a group of buttons in the panel. */
export const buttonGridClass = "grid max-w-sm grid-cols-2 gap-2";

/** The panel beside the open file: its settings, and the actions for it. */
export function Details({ item, onEdit, children }: DetailsProps) {
  const { id, prompt, model, seed, duration_ms: duration, created_at } = item;
  const modelTitle = useModelTitle();
  const type = typeOf(item);
  const settings = settingsBesideSize(item);
  const given = ownMediaIn(item.input);
  // A single input file is shown here only if it is an upload. A saved input file is already shown among the parents, the files
  // from which this file was generated.
  const upload = given.length === 1 ? given.find((path) => parseMediaPath(path)?.kind === "uploads") : undefined;
  return (
    <div className="flex flex-col gap-6 border-t p-5 lg:overflow-y-auto lg:border-t-0 lg:border-l lg:pt-16">
      <div className="flex items-start gap-2">
        <p className="max-h-64 min-w-0 flex-1 overflow-y-auto text-sm text-pretty break-words whitespace-pre-wrap">
          <bdi>{describe(item)}</bdi>
        </p>
        {prompt ? <CopyButton text={prompt} label="prompt" /> : null}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-1 text-[13px]">
        <Fact
          name="Model"
          value={
            <Link
              href={{ pathname: `/dashboard/models/${modelNameOf(model)}` }}
              title={modelNameOf(model)}
              className="inline-flex items-center font-sans text-[13px] underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10"
            >
              {modelTitle(model)}
            </Link>
          }
        />
        {seed === null ? null : <Fact name="Seed" value={String(seed)} copies />}
        {type ? <Fact name="Type" value={type} /> : null}
        {duration === null ? null : <Fact name="Duration" value={formatDuration(duration)} />}
        <Fact name="Size" value={sizeInWords(item)} />
        <Fact name="Created" value={<LocalTime iso={created_at} withDay />} />
        {upload ? (
          <Fact
            name="Input file"
            value={
              <a href={upload} className="font-sans text-[13px] underline decoration-edge underline-offset-4">
                Uploaded file
              </a>
            }
          />
        ) : null}
        {given.length > 1 ? <InputMedia name="Input files" paths={given} /> : null}
        {settings.map(({ name, value }) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      <div className={buttonGridClass}>
        {onEdit ? (
          <Button variant="primary" className="col-span-2" onClick={onEdit}>
            <SlidersHorizontal aria-hidden className="size-4" /> Use these settings
          </Button>
        ) : id ? (
          <Link href={`/dashboard/generate?from=${id}`} className={`col-span-2 ${buttonClass({ variant: "primary" })}`}>
            <SlidersHorizontal aria-hidden className="size-4" /> Use these settings
          </Link>
        ) : null}
        <DownloadLink item={item} />
        <CopyButton text={JSON.stringify(item.input, null, 2)} label="settings" showLabel />
      </div>
      {children}
    </div>
  );
}
