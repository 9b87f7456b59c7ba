"use client";

import { useRef } from "react";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { useHydrated } from "@/components/ui/use-hydrated";
import type { Field } from "@/lib/models/inputs/fields";
import { controlName, mediaControlId } from "./form-values";
import { type MediaChoice, pathsIn } from "./media-choice";
import { ChoiceTile, UploadTile } from "./media-tiles";
import { useMediaField } from "./use-media-field";

// Loaded later: the upload button works without it.
const DropAndPaste = lazyAfterLoad(() => import("./drop-and-paste").then((file) => file.DropAndPaste));

export type MediaFieldProps = {
  field: Field;
  value: unknown;
  mediaChoices: MediaChoice[];
  /** Whether this field also receives images that are pasted, or dropped outside all fields. */
  isFirstMedia: boolean;
  error?: string;
};

const noImage = { value: "", thumb: "", label: "None" };

/**
 * Images for the model, which the user uploads, pastes, drops or chooses. Only images saved in this app are accepted, no other
 * URLs.
 */
export function MediaField({ field, value, mediaChoices, isFirstMedia, error }: MediaFieldProps) {
  const name = controlName(field);
  const hint = `${name}-hint`;
  const box = useRef<HTMLFieldSetElement>(null);
  const uploadInput = useRef<HTMLInputElement>(null);
  const media = useMediaField(uploadInput, { field, value, mediaChoices });
  const { isList, max } = media;
  // Without JavaScript, the browser sends the checked boxes in the order of the page, and shows its own error if none is checked.
  const isHydrated = useHydrated();
  const keepsOrder = isHydrated && isList;
  const choices = isList || field.required ? media.choices : [noImage, ...media.choices];
  const chosen = media.chosen.length > 0 ? media.chosen : [noImage.value];
  const problem = media.problem ?? error;

  return (
    <fieldset ref={box} data-takes-media className="relative flex min-w-0 flex-col gap-1.5" aria-describedby={hint}>
      <legend className="contents text-[13px] font-medium">{field.label}</legend>
      <input
        type="hidden"
        id={mediaControlId(field)}
        onInput={({ currentTarget }) => media.fill(pathsIn(JSON.parse(currentTarget.value)))}
      />
      <div className="flex gap-1.5 overflow-x-auto rounded-sm p-0.5">
        <UploadTile
          ref={uploadInput}
          id={name}
          label={field.label}
          isList={isList}
          preview={media.preview}
          onFiles={(files) => void media.upload(files)}
        />
        {choices.map((choice) => (
          <ChoiceTile
            key={choice.value}
            choice={choice}
            name={keepsOrder ? undefined : name}
            isList={isList}
            isRequired={field.required && !isList && !isHydrated}
            place={chosen.indexOf(choice.value) + 1}
            onChange={(isChosen) => (isChosen ? media.choose : media.remove)(choice.value)}
          />
        ))}
        {keepsOrder ? media.chosen.map((path) => <input key={path} type="hidden" name={name} value={path} />) : null}
      </div>
      <p id={hint} className={`text-[13px] ${problem ? "text-danger" : "text-muted"}`}>
        {problem ?? (
          <>
            {field.description}
            <span className="block">
              {isList
                ? `Paste, drop or choose up to ${max} images (${media.chosen.length} chosen).`
                : "Paste, drop or choose an image."}
            </span>
          </>
        )}
      </p>
      <DropAndPaste box={box} isFirst={isFirstMedia} onPath={media.add} onFiles={(files) => void media.upload(files)} />
    </fieldset>
  );
}
