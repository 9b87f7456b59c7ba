"use client";

import { useEffect, useId, useRef } from "react";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import type { Field } from "@/lib/models/fields";
import { pathsIn, type MediaChoice } from "./media-choice";
import { ChoiceTile } from "./choice-tile";
import { UploadTile } from "./upload-tile";
import { controlName } from "./form-values";
import { useMediaField } from "./use-media-field";

// The button in it does the same.
const MediaDrop = lazyAfterLoad(() => import("./media-drop").then((file) => file.MediaDrop));

type MediaFieldProps = {
  field: Field;
  value: unknown;
  mediaChoices: MediaChoice[];
  /** What is dropped anywhere else on the page is for this one. */
  isFirst: boolean;
  error?: string;
};

const none = { value: "", thumb: "", label: "None" };
/** As many as a model may be given where its schema does not say. */
const mostUnsaid = 10;

/**
 * An image for the model, or several: pasted, dropped, or of one's own. What is kept here may go in, never a foreign
 * address.
 */
export function MediaField({ field, value, mediaChoices, isFirst, error }: MediaFieldProps) {
  const name = controlName(field);
  const isList = field.kind === "files";
  const most = field.max ?? mostUnsaid;
  const hint = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const upload = useRef<HTMLInputElement>(null);
  const input = useMediaField(box, { name, mediaChoices, value: pathsIn(value), isList, most });
  const { chosen } = input;
  const choices = isList || field.required ? input.choices : [none, ...input.choices];
  const wrong = input.problem ?? error;
  const isMissed = isList && field.required && chosen.length === 0;

  // Of several boxes no single one is required.
  useEffect(() => upload.current?.setCustomValidity(isMissed ? "Add an image first." : ""), [isMissed]);

  return (
    <fieldset ref={box} className="relative flex min-w-0 flex-col gap-1.5" aria-describedby={hint}>
      <legend className="contents text-[13px] font-medium">{field.label}</legend>
      <div className="flex gap-1.5 overflow-x-auto rounded-sm p-0.5">
        <UploadTile
          ref={upload}
          label={field.label}
          isList={isList}
          preview={input.preview}
          onFiles={(files) => void input.send(files)}
        />
        {choices.map((choice) => (
          <ChoiceTile
            key={choice.value}
            choice={choice}
            name={isList && input.isHere ? undefined : name}
            isList={isList}
            isRequired={field.required && !isList}
            place={(chosen.length > 0 ? chosen : [none.value]).indexOf(choice.value) + 1}
            onChange={(isChosen) => void (isChosen ? input.add : input.remove)(choice.value)}
          />
        ))}
        {isList && input.isHere
          ? chosen.map((path) => <input key={path} type="hidden" name={name} value={path} />)
          : null}
      </div>
      <p id={hint} className={`text-[13px] ${wrong ? "text-danger" : "text-muted"}`}>
        {wrong ?? (
          <>
            {field.description}
            <span className="block">
              {isList
                ? `Paste or drop images, or choose some: ${chosen.length} of at most ${most}.`
                : "Paste or drop an image, or choose one."}
            </span>
          </>
        )}
      </p>
      <MediaDrop
        box={box}
        isFirst={isFirst}
        onPath={(path) => void input.add(path, true)}
        onFiles={(files) => void input.send(files)}
      />
    </fieldset>
  );
}
