"use client";

import { useRef } from "react";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { useHydrated } from "@/components/ui/use-hydrated";
import { withArticle } from "@/lib/media/kinds";
import type { Field } from "@/lib/models/inputs/fields";
import { controlName, mediaControlId } from "./form-values";
import { type MediaChoice, pathsIn } from "./media-choice";
import { ChoiceTile, UploadTile } from "./media-tiles";
import { useMediaField } from "./use-media-field";

// Both components are loaded after the page, because the upload button works without them. `OnDemandTiles` is loaded only if
// it is shown.
const DropAndPaste = lazyAfterLoad(() => import("./drop-and-paste").then((file) => file.DropAndPaste));
const OnDemandTiles = lazyAfterLoad(() => import("./files/on-demand-tiles").then((file) => file.OnDemandTiles));

export type MediaFieldProps = {
  field: Field;
  value: unknown;
  mediaChoices: MediaChoice[];
  /** If true, a file that is pasted, or dropped outside all fields, goes to this field even if other fields take it too. */
  isFirstMedia: boolean;
  error?: string;
};

const noFile = { value: "", thumb: "", label: "None" };

/**
 * The field for one or more input files. The user uploads, pastes, drops or chooses them. Only files that are saved in this app
 * can be chosen, no other URLs.
 */
export function MediaField({ field, value, mediaChoices, isFirstMedia, error }: MediaFieldProps) {
  const { label, takes } = field;
  const name = controlName(field);
  const hint = `${name}-hint`;
  const box = useRef<HTMLFieldSetElement>(null);
  const uploadInput = useRef<HTMLInputElement>(null);
  const offered = mediaChoices.filter(({ fields }) => !fields || fields.includes(field.name));
  const media = useMediaField(uploadInput, { field, value, mediaChoices: offered });
  const { isList, max, noun, sending } = media;
  // Without JavaScript, the browser checks that a required file is chosen, and sends the checked boxes in the order of the page.
  // With JavaScript, this component checks for a required file, and a list is sent in the order in which the files were chosen.
  const isHydrated = useHydrated();
  const keepsOrder = isHydrated && isList;
  const choices = isList || field.required ? media.choices : [noFile, ...media.choices];
  const chosen = media.chosen.length > 0 ? media.chosen : [noFile.value];
  const problem = media.problem ?? error;
  const upload = (files: File[]) => void media.upload(files);

  return (
    <fieldset
      ref={box}
      data-takes-media
      className="flex min-w-0 scroll-mb-44 flex-col gap-1.5 rounded-sm outline-offset-4 md:scroll-mb-28 outline-accent data-over:outline-2"
      aria-describedby={hint}
    >
      <legend className="mb-1.5 text-[13px] font-medium">{label}</legend>
      <input
        type="hidden"
        id={mediaControlId(field)}
        onInput={({ currentTarget }) => media.fill(pathsIn(JSON.parse(currentTarget.value)))}
      />
      <div className="flex gap-1.5 overflow-x-auto rounded-sm p-0.5">
        <UploadTile ref={uploadInput} id={name} label={label} takes={takes} isList={isList} onFiles={upload} />
        {sending || takes === "audio" || (isHydrated && matchMedia("(pointer: coarse)").matches) ? (
          <OnDemandTiles label={label} takes={takes} sending={sending} onFiles={upload} onCancel={media.cancel} />
        ) : null}
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
                ? `Paste, drop or choose up to ${max} ${noun}s (${media.chosen.length} chosen).`
                : `Paste, drop or choose ${withArticle(noun)}.`}
            </span>
          </>
        )}
      </p>
      <DropAndPaste box={box} field={field} isFirst={isFirstMedia} onPath={media.add} onFiles={upload} />
    </fieldset>
  );
}
