import { ArrowRight, AudioLines, Box, File, Film, Image, type LucideIcon, Type } from "lucide-react";
import type { Made, MediaKinds, Takes } from "@/lib/models/listing";

const kinds: Record<Takes | Made, { label: string; Icon: LucideIcon }> = {
  text: { label: "Text", Icon: Type },
  image: { label: "Image", Icon: Image },
  video: { label: "Video", Icon: Film },
  audio: { label: "Audio", Icon: AudioLines },
  "3d": { label: "3D", Icon: Box },
  other: { label: "Data", Icon: File },
};

/** Shows what a model takes and makes, with icons. A screen reader reads "Takes Text, Image and makes Video". */
export function TakesAndMakes({ takes, makes }: MediaKinds) {
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-[12px] text-muted">
      {takes.length > 0 ? <span className="sr-only">Takes </span> : null}
      {takes.map((kind, index) => (
        <Kind key={kind} kind={kind} suffix={index < takes.length - 1 ? ", " : " and "} />
      ))}
      <ArrowRight aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">makes </span>
      <Kind kind={makes} />
    </p>
  );
}

function Kind({ kind, suffix = "" }: { kind: Takes | Made; suffix?: string }) {
  const { label, Icon } = kinds[kind];
  return (
    <span className="inline-flex items-center gap-1">
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {label}
      <span className="sr-only">{suffix}</span>
    </span>
  );
}
