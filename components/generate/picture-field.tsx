"use client";

import { useEffect, useId, useRef, useState } from "react";
import { unseenClass } from "@/components/ui/input";
import type { Field } from "@/lib/models/fields";
import { pathsIn, type PictureChoice } from "./picture-choice";
import { tileClass, UploadTile } from "./upload-tile";
import { controlName } from "./read-form";
import { usePageDrop } from "./use-page-drop";
import { usePictureInput } from "./use-picture-input";

type PictureFieldProps = {
  field: Field;
  value: unknown;
  pictures: PictureChoice[];
  /** What is dropped anywhere else on the page is for this one. */
  isFirst: boolean;
  error?: string;
};

/** As many as a model may be given where its schema does not say. */
const most = 10;

/**
 * A picture for the model, or several: pasted, dropped, or of one's own. What is kept here may go in, never a foreign
 * address.
 */
export function PictureField({ field, value, pictures, isFirst, error }: PictureFieldProps) {
  const name = controlName(field);
  const isList = field.kind === "files";
  const hint = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const upload = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const input = usePictureInput(box, {
    ...{ name, pictures, value: pathsIn(value) },
    most: isList ? (field.max ?? most) : 1,
  });
  const { chosen } = input;
  usePageDrop(isFirst, input.take);
  const wrong = input.problem ?? error;
  const isMissed = isList && field.required && chosen.length === 0;

  // Of several boxes no single one is required.
  useEffect(() => upload.current?.setCustomValidity(isMissed ? "Add a picture first." : ""), [isMissed]);

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
        input.take(event.dataTransfer);
      }}
    >
      <legend className="contents text-[13px] font-medium">{field.label}</legend>
      <div className={`flex gap-1.5 overflow-x-auto rounded-sm p-0.5 ${isOver ? "outline-2 outline-accent" : ""}`}>
        <UploadTile
          ref={upload}
          label={field.label}
          isList={isList}
          preview={input.preview}
          onFiles={(files) => void input.send(files)}
        />
        {field.required || isList ? null : (
          <label className={tileClass}>
            <input
              type="radio"
              name={name}
              value=""
              checked={chosen.length === 0}
              onChange={input.clear}
              className={unseenClass}
            />
            None
          </label>
        )}
        {input.choices.map((choice) => (
          <label key={choice.value} className={tileClass}>
            <input
              type={isList ? "checkbox" : "radio"}
              name={name}
              value={choice.value}
              required={field.required && !isList}
              checked={chosen.includes(choice.value)}
              onChange={(event) => (event.currentTarget.checked ? input.add : input.remove)(choice.value)}
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
        {wrong ? null : (
          <span className="block">
            {isList
              ? `Paste or drop pictures, or choose some. ${chosen.length} chosen.`
              : "Paste or drop a picture, or choose one."}
          </span>
        )}
      </p>
    </fieldset>
  );
}
