"use client";

import { type RefObject, useEffect, useState } from "react";
import { announce } from "@/components/ui/live-region";
import { type Field, takesMedia } from "@/lib/models/fields";
import { readForm } from "@/components/generate/fields/form-values";
import { warnOfScale } from "@/components/viewer/upscale-limit";

type ScaleWarningProps = { form: RefObject<HTMLFormElement | null>; fields: Field[] };
type Asked = { path: string; by: number };

/** Says before it is asked for that an image would become too large to be kept. */
export function ScaleWarning({ form, fields }: ScaleWarningProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const size = useSize(asked?.path ?? null);

  useEffect(() => {
    const element = form.current;
    const read = () => setAsked(element && readScale(readForm(new FormData(element), fields), fields));
    read();
    element?.addEventListener("input", read);
    return () => element?.removeEventListener("input", read);
  }, [form, fields]);

  const warning = asked && size?.path === asked.path ? warnOfScale(size.width, size.height, asked.by) : null;
  useEffect(() => {
    if (warning) announce(warning);
  }, [warning]);
  return warning ? <p className="mt-2 text-[13px] text-pretty text-ink">{warning}</p> : null;
}

/** Models that make images larger call it one of these; beside a prompt, "scale" means something else. */
function isScale({ name }: Field, fields: Field[]) {
  if (name === "scale") return !fields.some((field) => field.name === "prompt");
  return ["scale_factor", "upscale", "upscale_factor"].includes(name);
}

function readScale(values: Record<string, unknown>, fields: Field[]): Asked | null {
  const scale = fields.find((field) => isScale(field, fields));
  const item = fields.find((field) => field.kind === "file" && takesMedia(field));
  const by = scale && (values[scale.name] ?? scale.default);
  const path = item && values[item.name];
  return typeof by === "number" && typeof path === "string" ? { path, by } : null;
}

/** How large the image at this path is, once that is known. */
function useSize(path: string | null) {
  const [size, setSize] = useState<{ path: string; width: number; height: number } | null>(null);

  useEffect(() => {
    if (path === null) return;
    const image = new Image();
    image.addEventListener("load", () => setSize({ path, width: image.naturalWidth, height: image.naturalHeight }));
    image.src = path;
  }, [path]);

  return size;
}
