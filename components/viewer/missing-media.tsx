import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

type MissingMediaProps = { why: "gone" | "unreachable" | null; onAgain: () => void; onClose: () => void };

/** Says why the image that the address names is not shown. */
export function MissingMedia({ why, onAgain, onClose }: MissingMediaProps) {
  const isGone = why === "gone";
  return (
    <Dialog open={why !== null} onClose={onClose} label="Image">
      <div className="flex flex-col gap-4 p-6">
        <h2 className="text-lg font-medium">{isGone ? "This image is gone" : "The image did not arrive"}</h2>
        <p className="text-sm text-pretty text-muted">
          {isGone
            ? "It was deleted, or it belongs to another account."
            : "The network may be gone, or you are signed out."}
        </p>
        <div className="flex gap-2">
          {isGone ? null : <Button onClick={onAgain}>Try again</Button>}
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}
