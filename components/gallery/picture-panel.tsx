import type { ReactNode } from "react";
import { Download, WandSparkles } from "lucide-react";
import Link from "next/link";
import { nameOf } from "@/components/generate/model-ref";
import { describe } from "@/components/prediction/describe";
import { LocalTime } from "@/components/prediction/local-time";
import type { Picture } from "@/components/prediction/picture";
import { Button, buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { titleOf } from "@/lib/models/title";
import { GivenPictures } from "./given-pictures";
import { PictureFact } from "./picture-fact";
import { ownPicturesIn, settingsBeside, sizeOf } from "./picture-facts";

type PicturePanelProps = { picture: Picture; onRemix?: (picture: Picture) => void; children?: ReactNode };

/** What a picture was made from, and what can be done with it. */
export function PicturePanel({ picture, onRemix, children }: PicturePanelProps) {
  const { id, src, prompt, model, seed, createdAt } = picture;
  const settings = settingsBeside(picture);
  const given = ownPicturesIn(picture.input);
  // A kept one stands below, to be opened.
  const upload = given.length === 1 ? given.find((path) => path.startsWith("/api/uploads/")) : undefined;
  return (
    <div className="flex flex-col gap-6 border-t p-5 lg:overflow-y-auto lg:border-t-0 lg:border-l lg:pt-16">
      <div className="flex items-start gap-2">
        <p className="max-h-64 min-w-0 flex-1 overflow-y-auto text-sm text-pretty break-words whitespace-pre-wrap">
          <bdi>{describe(picture)}</bdi>
        </p>
        {prompt ? <CopyButton text={prompt} label="prompt" /> : null}
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-1 text-[13px]">
        <PictureFact
          name="Model"
          value={
            <Link
              href={{ pathname: `/dashboard/models/${nameOf(model)}` }}
              title={nameOf(model)}
              className="inline-flex items-center font-sans text-[13px] underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10"
            >
              {titleOf(model)}
            </Link>
          }
        />
        {seed === null ? null : <PictureFact name="Seed" value={String(seed)} copies />}
        <PictureFact name="Size" value={sizeOf(picture)} />
        <PictureFact name="Made" value={<LocalTime iso={createdAt} withDay />} />
        {upload ? (
          <PictureFact
            name="Made from"
            value={
              <a href={upload} className="font-sans text-[13px] underline decoration-edge underline-offset-4">
                Uploaded picture
              </a>
            }
          />
        ) : null}
        {given.length > 1 ? <GivenPictures name="Given" paths={given} /> : null}
        {settings.map(({ name, value }) => (
          <PictureFact key={name} name={name} value={value} />
        ))}
      </dl>
      <div className="flex flex-wrap gap-2">
        {onRemix ? (
          <Button variant="primary" onClick={() => onRemix(picture)}>
            <WandSparkles aria-hidden className="size-4" /> Remix
          </Button>
        ) : id ? (
          <Link href={`/dashboard/generate?from=${id}`} className={buttonClass({ variant: "primary" })}>
            <WandSparkles aria-hidden className="size-4" /> Remix
          </Link>
        ) : null}
        <a
          href={id ? `/api/images/${id}?download` : src}
          download
          target={id ? undefined : "_blank"}
          rel="noreferrer"
          className={buttonClass()}
        >
          <Download aria-hidden className="size-4" /> Download
        </a>
        <CopyButton text={JSON.stringify(picture.input, null, 2)} label="settings" hasWords />
      </div>
      {children}
    </div>
  );
}
