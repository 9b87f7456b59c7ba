import type { Picture } from "@/components/prediction/picture";
import { PictureActions, type PictureChange } from "./picture-actions";
import { PictureViewer } from "./picture-viewer";

type OwnViewerProps = {
  pictures: Picture[];
  openKey: string;
  onStep: (key: string | null) => void;
  onChange: (key: string, change: PictureChange) => void;
  onDelete: (key: string) => void;
};

/** The viewer over pictures that are kept, with what their owner can do with them. */
export function OwnViewer({ pictures, openKey, onStep, onChange, onDelete }: OwnViewerProps) {
  return (
    <PictureViewer
      pictures={pictures}
      openKey={openKey}
      onChange={onStep}
      actions={({ key, id, favorite, shareToken }, close) =>
        id ? (
          <PictureActions
            key={key}
            id={id}
            isFavorite={favorite ?? false}
            shareToken={shareToken ?? null}
            onChange={(changed) => onChange(key, changed)}
            onDelete={() => {
              close();
              onStep(null);
              onDelete(key);
            }}
          />
        ) : null
      }
    />
  );
}
