"use client";

import dynamic from "next/dynamic";
import type { Request } from "./jobs";
import { useDroppedSettings } from "./use-dropped-settings";

const SettingsOffer = dynamic(() => import("./settings-offer").then((file) => file.SettingsOffer), { ssr: false });

/** Offers the settings of a picture that is dropped on the page and carries them. */
export function DroppedSettings({ onUse }: { onUse: (request: Request) => void }) {
  const { found, forget } = useDroppedSettings();
  if (!found) return null;
  return (
    <SettingsOffer
      onUse={() => {
        forget();
        onUse(found);
      }}
      onForget={forget}
    />
  );
}
