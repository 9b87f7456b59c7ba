"use client";

import { useEffect, useState } from "react";
import { Download } from "lucide-react";
import { downloadProps } from "@/components/media/files/file-facts";
import { buttonClass } from "@/components/ui/button-class";
import { LocalTime } from "@/components/ui/local-time";

type SaveToDeviceProps = {
  /** The URLs of the files at Replicate. */
  files: string[];
  /** When Replicate deletes the files. */
  until: string | null | undefined;
};

/** Links that download files that this app cannot save. They disappear when Replicate deletes the files. */
export function SaveToDevice({ files, until }: SaveToDeviceProps) {
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    if (!until) return;
    const timer = setTimeout(() => setOver(true), Date.parse(until) - Date.now());
    return () => clearTimeout(timer);
  }, [until]);

  if (isOver) return <p className="text-[13px] text-muted">Replicate has deleted the files that were not saved.</p>;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {files.map((src, index) => (
        <a key={src} {...downloadProps({ id: null, src })} className={buttonClass({ size: "sm" })}>
          <Download aria-hidden className="size-4" /> Save to your device
          {files.length > 1 ? ` (${index + 1} of ${files.length})` : ""}
        </a>
      ))}
      {until ? (
        <span className="text-[13px] text-muted">
          until <LocalTime iso={until} />
        </span>
      ) : null}
    </div>
  );
}
