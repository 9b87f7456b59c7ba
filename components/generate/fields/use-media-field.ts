import { type RefObject, useEffect, useEffectEvent, useMemo, useReducer, useRef } from "react";
import { thumbOf } from "@/components/media/media-in-input";
import { withArticle } from "@/lib/media/kinds";
import { nounOfInput } from "@/lib/models/inputs/file-noun";
import type { Field } from "@/lib/models/inputs/fields";
import { controlName } from "./form-values";
import { pathsIn, type MediaChoice } from "./media-choice";
import type { Sending, UploadAction } from "./upload-media";

type MediaState = {
  /** The paths of the chosen files, in the order in which they were chosen. */
  chosen: string[];
  /**
   * Files that were uploaded or dropped into this field, or that were in the values of the form. They come first in the choices.
   */
  added: MediaChoice[];
  /** The file that is being uploaded. */
  sending: Sending | null;
  problem: string | null;
};

type MediaAction =
  | UploadAction
  | { type: "filled"; paths: string[] }
  | { type: "chosen"; path: string }
  | { type: "removed"; path: string };

/** The largest number of files in a list, if the model's schema has no limit. */
const defaultMax = 10;

/**
 * Returns the files that are chosen for one field, the files that it offers, and functions to change them. In a field for one
 * file, a new file replaces the old one. A full list rejects new files. `control`: the file input, which reports a missing file.
 */
export function useMediaField(
  control: RefObject<HTMLInputElement | null>,
  { field, value, mediaChoices }: { field: Field; value: unknown; mediaChoices: MediaChoice[] },
) {
  const { required, takes, max = defaultMax } = field;
  const noun = nounOfInput(takes);
  const isList = field.kind === "files";
  const start = pathsIn(value);
  const [state, dispatch] = useReducer(reduce, { chosen: start, added: start.map(find), sending: null, problem: null });
  const { chosen, sending, problem } = state;
  const isSending = sending !== null;
  /**
   * The part of the state that the form needs: when it changes, an `input` event is fired. The progress of an upload is left out.
   */
  const shown = useMemo(() => ({ chosen, problem, isSending }), [chosen, problem, isSending]);
  const latest = useRef(shown);
  /**
   * The controller that aborts the uploads. `fill` sets new values and replaces the controller, so that an earlier upload does
   * not add its file to the new values.
   */
  const uploads = useRef(new AbortController());

  /** Returns the choice with this path. Its kind is not known if the path comes from a draft or from another request. */
  function find(path: string): MediaChoice {
    const known = mediaChoices.find((choice) => choice.value === path);
    return known ?? { value: path, thumb: thumbOf(path), label: `Your ${noun}` };
  }

  function reduce(before: MediaState, action: MediaAction): MediaState {
    const { chosen: paths, added } = before;
    const choose = (path: string) => (isList ? unique([...paths, path]).slice(0, max) : pathsIn(path));
    switch (action.type) {
      case "filled":
        return { chosen: action.paths, added: merge(action.paths.map(find), added), sending: null, problem: null };
      case "chosen":
        return { ...before, chosen: choose(action.path), problem: null };
      case "added":
        return { ...before, chosen: choose(action.choice.value), added: merge(added, [action.choice]), problem: null };
      case "removed":
        return { ...before, chosen: paths.filter((path) => path !== action.path), problem: null };
      case "sending":
        return { ...before, sending: action.sending, problem: null };
      case "sent":
        return { ...before, sending: null, problem: action.problem };
    }
  }

  async function upload(files: File[]) {
    if (uploads.current.signal.aborted) uploads.current = new AbortController();
    const { current } = uploads;
    const { uploadMedia } = await import("./upload-media");
    await uploadMedia(files, {
      takes,
      isList,
      max,
      signal: current.signal,
      room: () => (isList ? max - latest.current.chosen.length : 1),
      dispatch: (action) => uploads.current === current && dispatch(action),
    });
  }

  function add(action: MediaAction & { type: "chosen" | "added" }, path: string) {
    const isFull = isList && chosen.length >= max && !chosen.includes(path);
    // Without files, `upload` only reports that the list is full.
    if (isFull) void upload([]);
    else dispatch(action);
  }

  /** Chooses the files whose boxes were checked before the JavaScript had loaded. */
  const addChecked = useEffectEvent((form: HTMLFormElement) => {
    const checked = pathsIn(new FormData(form).getAll(controlName(field))).filter((path) => !chosen.includes(path));
    if (checked.length > 0) dispatch({ type: "filled", paths: isList ? [...chosen, ...checked] : checked });
  });
  useEffect(() => {
    if (control.current?.form) addChecked(control.current.form);
  }, [control]);

  useEffect(() => {
    const error = shown.isSending ? `The ${noun} is still being uploaded.` : `Add ${withArticle(noun)} first.`;
    const isInvalid = shown.isSending || (required && shown.chosen.length === 0);
    control.current?.setCustomValidity(isInvalid ? error : "");
    // This event updates the draft, the errors and the warnings of the form.
    if (latest.current !== shown) control.current?.dispatchEvent(new Event("input", { bubbles: true }));
    latest.current = shown;
  }, [control, required, noun, shown]);

  return {
    noun,
    isList,
    max,
    chosen,
    choices: merge(state.added, mediaChoices),
    sending,
    problem,
    upload,
    choose: (path: string) => add({ type: "chosen", path }, path),
    add: (path: string) => add({ type: "added", choice: find(path) }, path),
    remove: (path: string) => dispatch({ type: "removed", path }),
    cancel: () => uploads.current.abort(),
    fill: (paths: string[]) => {
      uploads.current.abort();
      uploads.current = new AbortController();
      dispatch({ type: "filled", paths });
    },
  };
}

function unique(paths: string[]) {
  return [...new Set(paths)];
}

/** Joins two lists of choices. A choice that is in both lists stays only in the first. */
function merge(first: MediaChoice[], second: MediaChoice[]) {
  return [...first, ...second.filter(({ value }) => !first.some((choice) => choice.value === value))];
}
