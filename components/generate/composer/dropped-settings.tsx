"use client";

import { useEffect, useState } from "react";
import { X } from "lucide-react";
import type { ModelForm } from "@/components/jobs/drafts/draft-storage";
import type { GenerateRequest } from "@/components/jobs/job";
import { refersTo, modelNameOf } from "@/lib/models/ref";
import { Button, IconButton } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";

/** Whether a model can run here. */
export type CanRun = (model: string) => Promise<boolean>;

type DroppedSettingsProps = Omit<ModelForm, "owner"> & { canRun: CanRun; onEdit: (request: GenerateRequest) => void };

/** `found`: the settings that the user can choose to use, or null. */
type Notice = { text: string; found: GenerateRequest | null };

const offer = "This file contains its settings.";

/** Larger images are ignored (bytes). */
const maxBytes = 26_214_400;

/**
 * Offers to use the settings in a dropped image that was downloaded from this app. If the model of these settings cannot run
 * here, the compatible settings are copied into the open form.
 */
export function DroppedSettings({ model, version, fields, canRun, onEdit }: DroppedSettingsProps) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const text = notice?.text;
  const found = notice?.found;
  useEffect(() => listenForDrop((settings) => setNotice(settings && { text: offer, found: settings })), []);
  useEffect(() => {
    if (text) announce(text);
  }, [text]);

  async function applySettings(request: GenerateRequest) {
    setNotice(null);
    // If the check fails, the form of that model opens and says whether the model can run here.
    if (refersTo(request.model, { model, version }) || (await canRun(request.model).catch(() => true))) {
      onEdit(request);
      return;
    }
    const { filterCompatibleValues } = await import("@/components/jobs/drafts/compatible-values");
    const { values, omitted } = filterCompatibleValues(request.input, fields);
    onEdit({ model, input: values });
    const leftOut = omitted.length > 0 ? ` Left out: ${omitted.join(", ")}.` : "";
    const problem = `${modelNameOf(request.model)} cannot run here. The settings that also exist here were copied into the form.`;
    setNotice({ text: problem + leftOut, found: null });
  }

  return notice ? (
    <section
      aria-label="Settings in the file"
      className="fixed inset-x-2 bottom-[calc(64px+env(safe-area-inset-bottom))] z-30 mx-auto flex w-fit max-w-[min(calc(100vw-16px),40rem)] animate-rise items-center gap-2 rounded border bg-surface p-1.5 pl-4 text-[13px] shadow-float md:bottom-6"
    >
      <p className="min-w-0 text-pretty break-words">{text}</p>
      {found ? (
        <Button size="sm" className="shrink-0" onClick={() => void applySettings(found)}>
          Use these settings
        </Button>
      ) : null}
      <IconButton label="Close" Icon={X} onClick={() => setNotice(null)} />
    </section>
  ) : null;
}

/** Calls `onRead` for each image that is dropped on the page, with its settings. They are null if the image has none. */
function listenForDrop(onRead: (found: GenerateRequest | null) => void) {
  // Without `preventDefault`, the browser would open the dropped file in place of the page.
  const onDragOver = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) event.preventDefault();
    const file = files.find(({ type, size }) => type.startsWith("image/") && size <= maxBytes);
    if (file) void readRequest(file).then(onRead, () => onRead(null));
  };
  // Listens on the window, because the media fields listen on the document and must handle a drop first.
  const listeners = new AbortController();
  const { signal } = listeners;
  window.addEventListener("dragover", onDragOver, { signal });
  window.addEventListener("drop", onDrop, { signal });
  return () => listeners.abort();
}

async function readRequest(file: File): Promise<GenerateRequest | null> {
  const [{ readSettings }, bytes] = await Promise.all([import("@/lib/media/read-settings"), file.arrayBuffer()]);
  const settings = readSettings(new Uint8Array(bytes));
  if (!settings) return null;
  const { model, input, seed } = settings;
  return { model, input: { ...input, ...(seed === null ? {} : { seed }) } };
}
