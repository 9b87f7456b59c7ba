"use client";

import { useState } from "react";
import dynamic from "next/dynamic";
import type { Field } from "@/lib/models/fields";
import type { Request } from "@/components/jobs/job";
import { filterCompatibleValues } from "@/components/jobs/draft";
import { isOfForm, nameOf } from "@/components/jobs/model-ref";
import { useDroppedSettings } from "./use-dropped-settings";

const SettingsOffer = dynamic(() => import("./settings-offer").then((file) => file.SettingsOffer), { ssr: false });

/** Whether a model has a form here. */
export type CanRun = (model: string) => Promise<boolean>;

type DroppedSettingsProps = {
  /** Of the form that is open. */
  model: string;
  version: string | null;
  fields: Field[];
  canRun: CanRun;
  onUse: (request: Request) => void;
};

/**
 * Offers the settings of an image that is dropped on the page and carries them. Those of a model that does not run here
 * go into the form that is open, as far as they fit.
 */
export function DroppedSettings({ model, version, fields, canRun, onUse }: DroppedSettingsProps) {
  const { found, forget } = useDroppedSettings();
  const [note, setNote] = useState<string | null>(null);

  async function put(request: Request) {
    forget();
    // Where nobody answers, the page of that model says so.
    if (isOfForm(request.model, { model, version }) || (await canRun(request.model).catch(() => true))) {
      onUse(request);
      return;
    }
    const { values, omitted } = filterCompatibleValues(request.input, fields);
    onUse({ model, input: values });
    const without = omitted.length > 0 ? ` Left out: ${omitted.join(", ")}.` : "";
    setNote(`${nameOf(request.model)} cannot be run here. What fits of it is in this model's form.${without}`);
  }

  if (found) {
    const use = () => {
      setNote(null);
      void put(found);
    };
    return <SettingsOffer words="This image tells how it was made." onUse={use} onForget={forget} />;
  }
  return note ? <SettingsOffer key={note} words={note} onUse={null} onForget={() => setNote(null)} /> : null;
}
