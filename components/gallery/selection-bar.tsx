"use client";

import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { Download, Trash2, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { announce } from "@/components/ui/live-region";
import { deleteSeveral } from "@/components/media/api";
import { SignedOutNote } from "@/components/media/signed-out-note";
import { MAX_FILES_PER_REQUEST } from "@/lib/limits/default-limits";

type SelectionBarProps = {
  ids: string[];
  /** The word for the selected files in the singular: for example, "video". */
  noun: string;
  loaded: number;
  onSelectAll: () => void;
  onClear: () => void;
  onDelete: (ids: string[]) => void;
};

export function SelectionBar({ ids, noun, loaded, onSelectAll, onClear, onDelete }: SelectionBarProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReactNode>(null);
  const clear = useEffectEvent(onClear);

  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      // If a dialog is open, Escape closes the dialog, and the selection must stay.
      if (key === "Escape" && !document.querySelector("dialog:modal")) clear();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  async function deleteAll() {
    setBusy(true);
    setProblem(null);
    const { deleted, isComplete, isSignedOut } = await deleteSeveral(ids);
    if (!isComplete) {
      const text =
        deleted.length > 0
          ? `Some ${noun}s were not deleted. Try again.`
          : `The ${noun}s could not be deleted. Try again.`;
      setProblem(isSignedOut ? <SignedOutNote then="try again" /> : text);
      announce(isSignedOut ? "You are signed out" : text);
    }
    setBusy(false);
    if (deleted.length > 0) onDelete(deleted);
  }

  return (
    <section
      aria-label="Selection"
      aria-busy={isBusy}
      className="fixed inset-x-2 bottom-[calc(64px+env(safe-area-inset-bottom))] z-30 mx-auto flex w-fit max-w-[calc(100vw-16px)] animate-rise flex-wrap items-center gap-2 rounded border bg-surface p-1.5 pl-4 text-[13px] shadow-float md:bottom-6"
    >
      <span className="tabular-nums" role="status">
        {ids.length} selected
      </span>
      {ids.length < loaded ? (
        <Button variant="ghost" size="sm" onClick={onSelectAll}>
          Select all {loaded}
        </Button>
      ) : null}
      {ids.length <= MAX_FILES_PER_REQUEST ? (
        <a href={`/api/media/zip?ids=${ids.join()}`} download className={buttonClass({ size: "sm" })}>
          <Download aria-hidden className="size-4" /> <span className="max-sm:sr-only">Download</span>
        </a>
      ) : (
        <span className="px-2 text-muted">One download can contain at most {MAX_FILES_PER_REQUEST} files</span>
      )}
      <Button variant="danger" size="sm" disabled={isBusy} onClick={() => void deleteAll()}>
        <Trash2 aria-hidden className="size-4" /> <span className="max-sm:sr-only">Delete</span>
      </Button>
      <IconButton label="Clear the selection" Icon={X} onClick={onClear} />
      {problem ? <p className="basis-full pb-1 text-danger">{problem}</p> : null}
    </section>
  );
}
