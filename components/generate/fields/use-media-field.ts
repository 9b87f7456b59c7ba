import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { useHydrated } from "@/components/ui/use-hydrated";
import { thumbOf } from "@/components/media/paths";
import { pathsIn, type MediaChoice } from "./media-choice";
import { onMedia, tellMedia } from "./tell-media";

type Start = {
  name: string;
  value: string[];
  mediaChoices: MediaChoice[];
  /** A list keeps what it has when it is full; a single image gives way to the next. */
  isList: boolean;
  /** How many the input takes. */
  most: number;
};
/** What is being uploaded, and what went wrong. */
export type Sending = { preview: string | null; problem: string | null };

const idle: Sending = { preview: null, problem: null };

/** The images that are chosen for one input, in that order, those to choose from, and how new ones come in. */
export function useMediaField(box: RefObject<HTMLElement | null>, { name, value, mediaChoices, isList, most }: Start) {
  const [chosen, setChosen] = useState(value);
  const [brought, setBrought] = useState(value);
  const isHere = useHydrated();
  const [{ preview, problem }, setSending] = useState(idle);
  const told = useRef(chosen);

  const room = isList ? most - chosen.length : 1;
  const known = new Map(mediaChoices.map((image) => [image.value, image]));
  const first = new Set([...brought, ...chosen.filter((path) => !known.has(path))]);
  const choices = [
    ...[...first].map((path) => known.get(path) ?? { value: path, thumb: thumbOf(path), label: "Your image" }),
    ...mediaChoices.filter((image) => !first.has(image.value)),
  ];

  /** What comes from elsewhere stands before what was there to choose from. */
  function put(path: string, isBrought: boolean) {
    if (isBrought) setBrought((paths) => [...new Set([...paths, path])]);
    setChosen((paths) => (isList ? [...new Set([...paths, path])].slice(0, most) : pathsIn(path)));
  }

  function add(path: string, isBrought = false) {
    // To be told so.
    if (room < 1 && !chosen.includes(path)) return send([]);
    setSending({ preview, problem: null });
    put(path, isBrought);
  }

  async function send(files: File[]) {
    const { sendMedia } = await import("./send-media");
    await sendMedia(files, isList ? { chosen: told, most } : null, setSending, (path) => put(path, true));
  }

  const fill = useEffectEvent((paths: string[]) => {
    setBrought((others) => [...new Set([...paths, ...others])]);
    setChosen(paths);
    setSending(idle);
  });
  /** What was ticked before the script was there. */
  const catchUp = useEffectEvent((form: HTMLFormElement) => {
    const ticked = pathsIn(new FormData(form).getAll(name)).filter((path) => !chosen.includes(path));
    if (ticked.length > 0) tellMedia(form, name, isList ? [...chosen, ...ticked] : ticked);
  });
  useEffect(() => {
    const form = box.current?.closest("form");
    if (!form) return undefined;
    const stop = onMedia(form, name, (paths) => fill(paths));
    catchUp(form);
    return stop;
  }, [box, name]);

  // Whoever keeps what stands in the form hears of it as of any other change.
  useEffect(() => {
    if (told.current !== chosen) box.current?.dispatchEvent(new Event("input", { bubbles: true }));
    told.current = chosen;
  }, [box, chosen]);

  return {
    ...{ chosen, choices, preview, problem, send, add },
    /** Whether script keeps the order. Without it the browser sends what is ticked as it stands on the page. */
    isHere,
    remove: (path: string) => {
      setChosen((paths) => paths.filter((one) => one !== path));
      setSending({ preview, problem: null });
    },
  };
}
