import { type RefObject, useEffect, useEffectEvent, useReducer, useRef } from "react";
import { thumbOf } from "@/components/media/own-media";
import type { Field } from "@/lib/models/inputs/fields";
import { controlName } from "./form-values";
import { pathsIn, type MediaChoice } from "./media-choice";
import type { UploadAction } from "./upload-media";

type MediaState = {
  /** The paths of the chosen images, in the order in which they were chosen. */
  chosen: string[];
  /** Images that were uploaded, dropped or filled in here. They come first among the choices. */
  added: string[];
  /** The image that is being uploaded. */
  preview: string | null;
  problem: string | null;
};

type MediaAction =
  | UploadAction
  | { type: "filled"; paths: string[] }
  | { type: "chosen"; path: string }
  | { type: "removed"; path: string };

/** The most images in a list whose schema has no limit. */
const defaultMax = 10;

/**
 * The images chosen for one field, the images offered for it, and the ways to add more. In a field for one image, a new image replaces the old
 * one. A full list rejects new images. `control` reports a missing image to the form.
 */
export function useMediaField(
  control: RefObject<HTMLInputElement | null>,
  { field, value, mediaChoices }: { field: Field; value: unknown; mediaChoices: MediaChoice[] },
) {
  const { required, max = defaultMax } = field;
  const isList = field.kind === "files";
  const start = pathsIn(value);
  const [state, dispatch] = useReducer(reduce, { chosen: start, added: start, preview: null, problem: null });
  const { chosen, preview, problem } = state;
  const latest = useRef(state);
  /** Counts how often the form was filled. An upload that began before the last fill must not add its image to the new values. */
  const fills = useRef(0);

  function reduce(before: MediaState, action: MediaAction): MediaState {
    const { chosen: paths, added } = before;
    switch (action.type) {
      case "filled":
        return { chosen: action.paths, added: unique([...action.paths, ...added]), preview: null, problem: null };
      case "chosen":
      case "added":
        return {
          ...before,
          chosen: isList ? unique([...paths, action.path]).slice(0, max) : pathsIn(action.path),
          added: action.type === "added" ? unique([...added, action.path]) : added,
          problem: null,
        };
      case "removed":
        return { ...before, chosen: paths.filter((path) => path !== action.path), problem: null };
      case "uploading":
        return { ...before, preview: action.preview, problem: null };
      case "uploaded":
        return { ...before, preview: null, problem: action.problem };
    }
  }

  async function upload(files: File[]) {
    const { uploadMedia } = await import("./upload-media");
    const before = fills.current;
    await uploadMedia(files, {
      isList,
      max,
      room: () => (isList ? max - latest.current.chosen.length : 1),
      dispatch: (action) => fills.current === before && dispatch(action),
    });
  }

  function choose(path: string, type: "chosen" | "added") {
    const isFull = isList && chosen.length >= max && !chosen.includes(path);
    // Without files, `upload` only reports that the list is full.
    if (isFull) void upload([]);
    else dispatch({ type, path });
  }

  /** Chooses the images whose boxes were checked before the JavaScript had loaded. */
  const addChecked = useEffectEvent((form: HTMLFormElement) => {
    const checked = pathsIn(new FormData(form).getAll(controlName(field))).filter((path) => !chosen.includes(path));
    if (checked.length > 0) dispatch({ type: "filled", paths: isList ? [...chosen, ...checked] : checked });
  });
  useEffect(() => {
    if (control.current?.form) addChecked(control.current.form);
  }, [control]);

  useEffect(() => {
    const error = preview ? "The image is still being uploaded." : "Add an image first.";
    const isInvalid = preview !== null || (required && chosen.length === 0);
    control.current?.setCustomValidity(isInvalid ? error : "");
    // This event updates the draft, the errors and the warnings of the form.
    if (latest.current !== state) control.current?.dispatchEvent(new Event("input", { bubbles: true }));
    latest.current = state;
  }, [control, required, state, chosen, preview]);

  const known = new Map(mediaChoices.map((choice) => [choice.value, choice]));
  const first = unique([...state.added, ...chosen.filter((path) => !known.has(path))]);
  const choices = [
    ...first.map((path) => known.get(path) ?? { value: path, thumb: thumbOf(path), label: "Your image" }),
    ...mediaChoices.filter(({ value: path }) => !first.includes(path)),
  ];
  return {
    isList,
    max,
    chosen,
    choices,
    preview,
    problem,
    upload,
    choose: (path: string) => choose(path, "chosen"),
    add: (path: string) => choose(path, "added"),
    remove: (path: string) => dispatch({ type: "removed", path }),
    fill: (paths: string[]) => {
      fills.current += 1;
      dispatch({ type: "filled", paths });
    },
  };
}

function unique(paths: string[]) {
  return [...new Set(paths)];
}
