"use client";

import { useEffect, useState } from "react";
import type { Values } from "@/components/jobs/job";
import { largestScale } from "@/components/jobs/tools";
import { announce } from "@/components/ui/live-region";
import { type Field, takesMedia } from "@/lib/models/inputs/fields";
import type { ComposerForm } from "./use-composer";

type ScaleWarningProps = { composer: ComposerForm; fields: Field[] };
type Scaling = { path: string; factor: number };

/** Warns, before the request is sent, that the upscaled image may be too large to be saved. */
export function ScaleWarning({ composer, fields }: ScaleWarningProps) {
  const [scaling, setScaling] = useState<Scaling | null>(null);
  const size = useImageSize(scaling?.path ?? null);

  useEffect(() => {
    const form = composer.form.current;
    const updateScaling = () => setScaling(findScaling(composer.readValues(), fields));
    updateScaling();
    form?.addEventListener("input", updateScaling);
    return () => form?.removeEventListener("input", updateScaling);
  }, [composer, fields]);

  const warning = scaling && size?.path === scaling.path ? scaleWarning(size.width, size.height, scaling.factor) : null;
  useEffect(() => {
    if (warning) announce(warning);
  }, [warning]);
  return warning ? <p className="mt-2 text-[13px] text-pretty text-ink">{warning}</p> : null;
}

/** Returns the warning for a result that may be too large to be saved. Returns null if the result is small enough. */
export function scaleWarning(width: number, height: number, factor: number): string | null {
  const largest = largestScale(width, height);
  if (factor <= largest) return null;
  const size = `${Math.round(width * factor)} × ${Math.round(height * factor)}`;
  const advice = largest > 1 ? `The largest scale that can be saved is ${largest}×.` : "Choose a smaller image.";
  return `A result of ${size} pixels may be too large to be saved. ${advice}`;
}

function findScaling(values: Values, fields: Field[]): Scaling | null {
  const scale = fields.find((field) => isScale(field, fields));
  const image = fields.find((field) => field.kind === "file" && takesMedia(field));
  const factor = scale && (values[scale.name] ?? scale.default);
  const path = image && values[image.name];
  return typeof factor === "number" && typeof path === "string" ? { path, factor } : null;
}

/**
 * Whether a setting says how much a model enlarges an image. Only the name of a setting shows this. In a model with a prompt, a
 * setting with the name `scale` means something else.
 */
function isScale({ name }: Field, fields: Field[]) {
  if (name === "scale") return !fields.some((field) => field.name === "prompt");
  return ["scale_factor", "upscale", "upscale_factor"].includes(name);
}

/**
 * Returns the size of an image, with its path. Returns null until an image has loaded. After the path changes, the old size is
 * returned until the new image has loaded.
 */
function useImageSize(path: string | null) {
  const [size, setSize] = useState<{ path: string; width: number; height: number } | null>(null);

  useEffect(() => {
    if (path === null) return;
    const image = new Image();
    image.addEventListener("load", () => setSize({ path, width: image.naturalWidth, height: image.naturalHeight }));
    image.src = path;
  }, [path]);

  return size;
}
