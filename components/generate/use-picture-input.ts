import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { announce } from "@/components/ui/live-region";
import { ownPath, type PictureChoice } from "./picture-choice";
import { onPicture } from "./tell-picture";

type Start = { name: string; value: string; pictures: PictureChoice[] };
type Sending = { preview: string | null; problem: string | null };

const idle: Sending = { preview: null, problem: null };

/** The picture that is chosen for one input, those to choose from, and how a new one comes in. */
export function usePictureInput(box: RefObject<HTMLElement | null>, { name, value, pictures }: Start) {
  const [chosen, choose] = useState(value);
  const [added, setAdded] = useState<string[]>([]);
  const [{ preview, problem }, setSending] = useState(idle);
  const told = useRef(chosen);

  const known = new Set(pictures.map((picture) => picture.value));
  const others = [...new Set([...added, chosen])].filter((path) => path !== "" && !known.has(path));
  const choices = [
    ...others.map((path) => ({ value: path, thumb: thumbOf(path), label: "Your picture" })),
    ...pictures,
  ];

  async function send(file: File) {
    const url = URL.createObjectURL(file);
    setSending({ preview: url, problem: null });
    const { uploadPicture } = await import("./upload-picture");
    const answer = await uploadPicture(file);
    URL.revokeObjectURL(url);
    setSending({ preview: null, problem: "problem" in answer ? answer.problem : null });
    announce("problem" in answer ? answer.problem : "The picture is in the form");
    if (!("path" in answer)) return;
    setAdded((paths) => [answer.path, ...paths]);
    choose(answer.path);
  }

  /** Takes what was pasted or dropped. False: there is no picture in it. */
  function take(data: DataTransfer | null) {
    const path = ownPath(data?.getData("text/uri-list") || "none");
    const file = [...(data?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    // What came from anywhere on the page must be seen where it went.
    const details = path || file ? box.current?.closest("details") : null;
    if (details) details.open = true;
    if (path) choose(path);
    else if (file) void send(file);
    return Boolean(path ?? file);
  }

  const fill = useEffectEvent(choose);
  useEffect(() => {
    const form = box.current?.closest("form");
    return form ? onPicture(form, name, (path) => fill(path)) : undefined;
  }, [box, name]);

  // Whoever keeps what stands in the form hears of it as of any other change.
  useEffect(() => {
    if (told.current !== chosen) box.current?.dispatchEvent(new Event("input", { bubbles: true }));
    told.current = chosen;
  }, [box, chosen]);

  return { chosen, choices, preview, problem, choose, send, take };
}

function thumbOf(path: string) {
  return path.startsWith("/api/images/") ? `${path}?size=thumb` : path;
}
