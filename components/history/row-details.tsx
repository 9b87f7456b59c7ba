"use client";

import { useState } from "react";
import { ChevronDown } from "lucide-react";
import { InputMedia } from "@/components/viewer/input-media";
import { mediaItemsOf } from "@/components/media/media-item";
import { ownMediaIn } from "@/components/media/media-in-input";
import { Fact } from "@/components/viewer/fact";
import { LocalTime } from "@/components/ui/local-time";
import type { Prediction } from "@/lib/predictions/schema";
import { costOf, inputFacts, metricsOf, timesOf } from "./row-facts";

/** All facts about a prediction, in a native `details` element, which opens without JavaScript. */
export function RowDetails({ prediction }: { prediction: Prediction }) {
  const [isOpen, setOpen] = useState(false);
  const items = mediaItemsOf(prediction);
  const sources = ownMediaIn(prediction.input);
  return (
    <details className="group mt-1" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex h-8 min-w-10 items-center gap-1 text-[13px] text-muted select-none hover:text-ink pointer-coarse:h-10">
        {isOpen ? "Less" : "Details"}
        <ChevronDown aria-hidden className="size-3.5 group-open:rotate-180" />
      </summary>
      <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-1 text-[13px]">
        <Fact name="Created" value={<LocalTime iso={prediction.created_at} withDay />} />
        {[...timesOf(prediction), ...costOf(prediction), ...metricsOf(prediction), ...inputFacts(prediction)].map(
          ({ name, value, copies }, index) => (
            <Fact key={`${index} ${name}`} name={name} value={value} copies={copies ?? false} />
          ),
        )}
        {sources.length > 0 ? <InputMedia name="Input files" paths={sources} /> : null}
        {prediction.error ? <Fact name="Error" value={<bdi>{prediction.error}</bdi>} /> : null}
        {items.length > 0 ? <Fact name="Files" value={<Files paths={items.map(({ src }) => src)} />} /> : null}
      </dl>
    </details>
  );
}

function Files({ paths }: { paths: string[] }) {
  return paths.map((path, index) => (
    <a key={path} href={path} className="mr-3 underline underline-offset-4">
      {index + 1}
    </a>
  ));
}
