import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { announce } from "@/components/ui/live-region";
import { ownPath, type PictureChoice } from "./picture-choice";
import { onPictures } from "./tell-pictures";

type Start = {
  name: string;
  value: string[];
  pictures: PictureChoice[];
  /** How many the input takes. */
  most: number;
};
type Sending = { preview: string | null; problem: string | null };

const idle: Sending = { preview: null, problem: null };

/** The pictures that are chosen for one input, those to choose from, and how new ones come in. */
export function usePictureInput(box: RefObject<HTMLElement | null>, { name, value, pictures, most }: Start) {
  const [chosen, setChosen] = useState(value);
  const [added, setAdded] = useState<string[]>([]);
  const [{ preview, problem }, setSending] = useState(idle);
  const told = useRef(chosen);

  const known = new Set(pictures.map((picture) => picture.value));
  const others = [...new Set([...added, ...chosen])].filter((path) => !known.has(path));
  const choices = [
    ...others.map((path) => ({ value: path, thumb: thumbOf(path), label: "Your picture" })),
    ...pictures,
  ];

  /** The last one is taken too, in the place of one before it where there is no more room. */
  function add(path: string) {
    setChosen((paths) => [...paths.filter((one) => one !== path), path].slice(-most));
  }

  async function send(files: File[]) {
    const { uploadPicture } = await import("./upload-picture");
    for (const file of files.slice(0, most)) {
      const url = URL.createObjectURL(file);
      setSending({ preview: url, problem: null });
      const answer = await uploadPicture(file);
      URL.revokeObjectURL(url);
      setSending({ preview: null, problem: "problem" in answer ? answer.problem : null });
      announce("problem" in answer ? answer.problem : "The picture is in the form");
      if (!("path" in answer)) return;
      setAdded((paths) => [answer.path, ...paths]);
      add(answer.path);
    }
  }

  /** Takes what was pasted or dropped. False: there is no picture in it. */
  function take(data: DataTransfer | null) {
    const path = ownPath(data?.getData("text/uri-list") || "none");
    const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    if (!path && files.length === 0) return false;
    // What came from anywhere on the page must be seen where it went.
    const details = box.current?.closest("details");
    if (details) details.open = true;
    if (path) add(path);
    else void send(files);
    return true;
  }

  const fill = useEffectEvent(setChosen);
  useEffect(() => {
    const form = box.current?.closest("form");
    return form ? onPictures(form, name, (paths) => fill(paths)) : undefined;
  }, [box, name]);

  // Whoever keeps what stands in the form hears of it as of any other change.
  useEffect(() => {
    if (told.current !== chosen) box.current?.dispatchEvent(new Event("input", { bubbles: true }));
    told.current = chosen;
  }, [box, chosen]);

  return {
    ...{ chosen, choices, preview, problem, add, send, take },
    remove: (path: string) => setChosen((paths) => paths.filter((one) => one !== path)),
    clear: () => setChosen([]),
  };
}

function thumbOf(path: string) {
  return path.startsWith("/api/images/") ? `${path}?size=thumb` : path;
}
