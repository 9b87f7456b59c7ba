"use client";

import { type ReactNode, useState } from "react";
import { SignedOut } from "@/components/media/api";
import { SignedOutNote } from "@/components/media/signed-out-note";
import { UndoBar } from "@/components/media/undo-bar";
import { useItemChanges, withChanges } from "@/components/media/use-item-changes";
import { LoadMore, type Page, useInfiniteList } from "@/components/ui/infinite-list";
import { announce } from "@/components/ui/live-region";
import { pathWithQuery } from "@/components/ui/path-with-query";
import type { Upload } from "@/lib/media/schema";
import { UploadCard } from "./upload-card";
import { deleteUpload, loadOlderUploads, restoreUploads } from "./uploads-api";

type Problem = "signedOut" | "failed" | null;

/**
 * Lists the user's uploads, newest first. The user can delete an upload, and undo the deletion. Without uploads, `children` is
 * shown.
 */
export function Uploads({ first, children }: { first: Page<Upload>; children: ReactNode }) {
  const [loaded, setLoaded] = useState(first.results);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem>(null);
  const { changes, remove, undo } = useItemChanges();
  const older = useInfiniteList(
    first.next,
    loadOlderUploads,
    (rows) => setLoaded((known) => [...known, ...rows]),
    "uploads",
  );
  const uploads = withChanges(loaded, changes);

  async function deleteOne(id: string) {
    setBusy(id);
    setProblem(null);
    try {
      await deleteUpload(id);
      remove([id], "upload");
    } catch (error) {
      setProblem(error instanceof SignedOut ? "signedOut" : "failed");
      announce("The upload could not be deleted");
    }
    setBusy(null);
  }

  return (
    <>
      {problem ? (
        <p className="mb-4 text-[13px] text-danger">
          {problem === "signedOut" ? (
            <SignedOutNote inNewTab then="try again" />
          ) : (
            "The upload could not be deleted. Try again."
          )}
        </p>
      ) : null}
      {uploads.length > 0 ? (
        <ul aria-label="Uploads" className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
          {uploads.map((upload) => (
            <UploadCard
              key={upload.id}
              upload={upload}
              isBusy={busy === upload.id}
              onDelete={() => void deleteOne(upload.id)}
            />
          ))}
        </ul>
      ) : null}
      <LoadMore list={older} href={pathWithQuery("/dashboard/gallery/uploads", { cursor: older.next })} />
      {uploads.length === 0 && !older.next ? children : null}
      {undo ? <UndoBar key={undo.ids.join()} {...undo} restore={restoreUploads} /> : null}
    </>
  );
}
