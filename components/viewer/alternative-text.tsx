"use client";

import { useState } from "react";
import { setAlt, SignedOut } from "@/components/media/api";
import type { ItemCallbacks } from "@/components/media/use-item-actions";
import { Button } from "@/components/ui/button";
import { announce } from "@/components/ui/live-region";

type AlternativeTextProps = {
  id: string;
  /** The text that screen readers read for the image, if its owner has chosen one. */
  alt: string | null;
  /** A new description of the image, which the owner can use as its alternative text. */
  text: string | null;
  onChange: ItemCallbacks["onChange"];
};

/** Lets the owner of an image use a description as its alternative text, and remove the alternative text. */
export function AlternativeText({ id, alt, text, onChange }: AlternativeTextProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save(next: string | null) {
    setBusy(true);
    setProblem(null);
    try {
      await setAlt(id, next);
      onChange([id], { alt: next });
      announce(next ? "Screen readers now read this text" : "The alternative text was removed");
    } catch (error) {
      const isSignedOut = error instanceof SignedOut;
      const message = isSignedOut
        ? "You are signed out. Sign in in another tab, then try again."
        : "The alternative text could not be saved. Try again.";
      setProblem(message);
      announce(message);
    }
    setBusy(false);
  }

  return (
    <>
      {alt ? (
        <p className="text-[13px] text-pretty break-words text-muted">
          Alternative text: <bdi>{alt}</bdi>
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {text && text !== alt ? (
          <Button disabled={isBusy} onClick={() => void save(text)}>
            Use as alternative text
          </Button>
        ) : null}
        {alt ? (
          <Button disabled={isBusy} onClick={() => void save(null)}>
            Remove alternative text
          </Button>
        ) : null}
      </div>
      {problem ? <p className="text-[13px] text-danger">{problem}</p> : null}
    </>
  );
}
