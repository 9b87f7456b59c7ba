import { useEffect, useEffectEvent, useRef, useState } from "react";
import { X } from "lucide-react";
import { dropState } from "@/components/generate/fields/files/drop-targets";
import { kindOfFile } from "@/components/generate/fields/files/kind-of-file";
import { filterCompatibleValues } from "@/components/jobs/drafts/compatible-values";
import { loadDraft, type ModelForm } from "@/components/jobs/drafts/draft-storage";
import type { GenerateRequest } from "@/components/jobs/job";
import { nounOf } from "@/components/media/kind";
import { useModelTitle } from "@/components/jobs/model-titles";
import { Button, IconButton } from "@/components/ui/button";
import { useStore } from "@/components/ui/create-store";
import { announce } from "@/components/ui/live-region";
import type { MediaKind } from "@/lib/media/schema";
import { refersTo, modelNameOf } from "@/lib/models/ref";
import { DropOverlay } from "./drop-overlay";

/** Returns whether a model can run in this installation. */
export type CanRun = (model: string) => Promise<boolean>;

/** A model that edits an image. `field`: the name of its setting for the image. `isList`: whether it takes a list of images. */
export type EditModel = { id: string; title: string; field: string; isList: boolean };
export type LoadEditModel = () => Promise<EditModel | null>;

export type DroppedFilesProps = ModelForm & {
  canRun: CanRun;
  loadEditModel: LoadEditModel;
  onEdit: (request: GenerateRequest) => void;
};

/** `found`: settings that the notice offers to use. `image`: an image that the notice offers to edit, and the model for this. */
type Notice = { text: string; found?: GenerateRequest | null; image?: { file: File; model: EditModel } | null };

/** The app looks for settings in the metadata of an image file only up to this size (bytes). */
const maxBytes = 26_214_400;

/**
 * Says what happens to files that are dropped or pasted. If no field takes an image, offers to edit it with another model. If an
 * image was downloaded from this app, offers to use the settings in the image. If this installation cannot run the model of these
 * settings, the settings that also exist in the open form are copied into that form.
 */
export function DroppedFiles({ canRun, loadEditModel, onEdit, ...form }: DroppedFilesProps) {
  const { model, version, fields } = form;
  const [notice, setNotice] = useState<Notice | null>(null);
  const [editModel, setEditModel] = useState<EditModel | null>(null);
  const loading = useRef<Promise<EditModel | null>>(null);
  const uploading = useRef<AbortController>(null);
  const title = useModelTitle()(model);
  const text = notice?.text;
  const isUntaken = useStore(dropState, (state) => state?.step === "over" && state.target === null);

  function explainRest(kind: MediaKind | null) {
    if (kind === null || kind === "file") return `${title} does not accept files of this type`;
    if (kind === "image" && editModel) return `Edit this image with ${editModel.title}`;
    return `${title} does not accept ${nounOf([kind])}s`;
  }

  const findEditModel = useEffectEvent(async () => {
    loading.current ??= loadEditModel().catch(() => null);
    const found = await loading.current;
    setEditModel(found);
    return found;
  });

  const explain = useEffectEvent(async (file: File, isTaken: boolean) => {
    const kind = kindOfFile(file);
    const [found, edit] = await Promise.all([
      kind === "image" && file.size <= maxBytes ? readRequest(file).catch(() => null) : null,
      kind === "image" && !isTaken ? findEditModel() : null,
    ]);
    const rest = isTaken ? "" : kind === "image" ? `${title} does not accept images.` : `${explainRest(kind)}.`;
    const words = [found ? "This image contains the settings it was made with." : "", rest].filter(Boolean).join(" ");
    setNotice(words ? { text: words, found, image: edit && { file, model: edit } } : null);
  });

  useEffect(() => {
    if (text) announce(text);
  }, [text]);
  useEffect(() => {
    if (isUntaken) void findEditModel();
  }, [isUntaken]);
  useEffect(() => {
    const receive = () => {
      const state = dropState.get();
      if (state?.step !== "received") return;
      dropState.set(null);
      void explain(state.file, state.isTaken);
    };
    // The first file may have been received before this component was loaded.
    receive();
    return dropState.subscribe(receive);
  }, []);

  async function applySettings(request: GenerateRequest) {
    setNotice(null);
    // If `canRun` fails, for example because the connection is lost, the form of the requested model opens. That form says
    // whether the model can run in this installation.
    if (refersTo(request.model, { model, version }) || (await canRun(request.model).catch(() => true))) {
      onEdit(request);
      return;
    }
    const { values, omitted } = filterCompatibleValues(request.input, fields);
    onEdit({ model, input: values });
    const leftOut = omitted.length > 0 ? ` Not copied: ${omitted.join(", ")}.` : "";
    const problem = `${modelNameOf(request.model)} cannot run here. The settings that also exist in this form were copied into the form.`;
    setNotice({ text: problem + leftOut });
  }

  async function editImage(file: File, { id, field, isList }: EditModel) {
    setNotice({ text: "Uploading the image…" });
    uploading.current = new AbortController();
    const { signal } = uploading.current;
    const { uploadFile } = await import("@/components/generate/fields/upload-media");
    const result = await uploadFile(file, { takes: "image", signal, onProgress: () => {} });
    if (signal.aborted) return;
    if ("problem" in result) return setNotice({ text: result.problem });
    setNotice(null);
    const { value: path } = result.choice;
    const { prompt } = loadDraft(form)?.prompts ?? {};
    onEdit({ model: id, input: { ...(prompt !== undefined && { prompt }), [field]: isList ? [path] : path } });
  }

  function close() {
    uploading.current?.abort();
    setNotice(null);
  }

  const found = notice?.found;
  const image = notice?.image;
  return (
    <>
      <DropOverlay explainRest={explainRest} />
      {notice ? (
        <section
          aria-label="Dropped file"
          className="fixed inset-x-2 bottom-[calc(64px+env(safe-area-inset-bottom))] z-30 mx-auto flex w-fit max-w-[min(calc(100vw-16px),40rem)] animate-rise flex-wrap items-center gap-2 rounded border bg-surface p-1.5 pl-4 text-[13px] shadow-float md:bottom-6 md:left-[calc(5rem+21rem+8px)] md:max-w-[min(calc(100vw-26rem-16px),40rem)] xl:left-[calc(5rem+24rem+8px)]"
        >
          <p className="min-w-0 text-pretty break-words">{notice.text}</p>
          {found ? (
            <Button size="sm" onClick={() => void applySettings(found)}>
              Use these settings
            </Button>
          ) : null}
          {image ? (
            <Button size="sm" onClick={() => void editImage(image.file, image.model)}>
              Edit this image with {image.model.title}
            </Button>
          ) : null}
          <IconButton label="Close" Icon={X} onClick={close} />
        </section>
      ) : null}
    </>
  );
}

/** Returns the request in the metadata of an image that was downloaded from this app. Null if there is none. */
async function readRequest(file: File): Promise<GenerateRequest | null> {
  const [{ readSettings }, bytes] = await Promise.all([
    import("@/lib/media/read-embedded-settings"),
    file.arrayBuffer(),
  ]);
  const settings = readSettings(new Uint8Array(bytes));
  if (!settings) return null;
  const { model, input, seed } = settings;
  return { model, input: { ...input, ...(seed === null ? {} : { seed }) } };
}
