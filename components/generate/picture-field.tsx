"use client";

import { useId, useRef, useState } from "react";
import { ImagePlus } from "lucide-react";
import { unseenClass } from "@/components/ui/input";
import type { Field } from "@/lib/models/fields";
import type { PictureChoice } from "./picture-choice";
import { controlName } from "./read-form";
import { usePageDrop } from "./use-page-drop";
import { usePictureInput } from "./use-picture-input";

type PictureFieldProps = {
  field: Field;
  value: string;
  pictures: PictureChoice[];
  /** What is dropped anywhere else on the page is for this one. */
  isFirst: boolean;
  error?: string;
};

const tile =
  "relative grid size-16 shrink-0 cursor-pointer place-items-center overflow-hidden rounded-sm border bg-raised text-[12px] text-muted has-checked:border-accent has-checked:outline-1 has-checked:outline-accent has-focus-visible:outline-2 has-focus-visible:outline-accent";
const accept = "image/png,image/jpeg,image/webp,image/gif";

/** A picture for the model: pasted, dropped, or one of one's own. What is kept here may go in, never a foreign address. */
export function PictureField({ field, value, pictures, isFirst, error }: PictureFieldProps) {
  const name = controlName(field);
  const hint = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const [isOver, setOver] = useState(false);
  const { chosen, choices, preview, problem, choose, send, take } = usePictureInput(box, { name, value, pictures });
  usePageDrop(isFirst, take);
  const wrong = problem ?? error;

  return (
    // Dropping is a second way to what the button in it does.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      ref={box}
      className="flex min-w-0 flex-col gap-1.5"
      aria-describedby={hint}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer);
      }}
    >
      <legend className="contents text-[13px] font-medium">{field.label}</legend>
      <div className={`flex gap-1.5 overflow-x-auto rounded-sm p-0.5 ${isOver ? "outline-2 outline-accent" : ""}`}>
        <label title="Choose a file" className={`${tile} border-dashed border-edge hover:text-ink noscript:hidden`}>
          <input
            type="file"
            accept={accept}
            aria-label={`Upload: ${field.label}`}
            className={unseenClass}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file) void send(file);
              event.currentTarget.value = "";
            }}
          />
          {preview ? (
            <img src={preview} alt="" className="size-full animate-safelight object-cover" />
          ) : (
            <ImagePlus aria-hidden className="size-5" />
          )}
        </label>
        {field.required ? null : (
          <label className={tile}>
            <input
              type="radio"
              name={name}
              value=""
              checked={chosen === ""}
              onChange={() => choose("")}
              className={unseenClass}
            />
            None
          </label>
        )}
        {choices.map((choice) => (
          <label key={choice.value} className={tile}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              required={field.required}
              checked={chosen === choice.value}
              onChange={() => choose(choice.value)}
              className={unseenClass}
            />
            <img
              src={choice.thumb}
              alt={choice.label}
              loading="lazy"
              decoding="async"
              className="size-full object-cover"
            />
          </label>
        ))}
      </div>
      <p id={hint} className={`text-[13px] ${wrong ? "text-danger" : "text-muted"}`}>
        {wrong ?? field.description}
        {wrong ? null : <span className="block">Paste or drop a picture, or choose one.</span>}
      </p>
    </fieldset>
  );
}
