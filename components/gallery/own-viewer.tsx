import type { Picture } from "@/components/prediction/picture";
import { PictureActions, type PictureChange } from "./picture-actions";
import { PictureTools } from "./picture-tools";
import { PictureViewer } from "./picture-viewer";

type OwnViewerProps = {
  pictures: Picture[];
  upscaler: string | null;
  openKey: string;
  onStep: (key: string | null) => void;
  onChange: (key: string, change: PictureChange) => void;
  onDelete: (key: string) => void;
};

/** The viewer over pictures that are kept, with what their owner can do with them. */
export function OwnViewer({ pictures, upscaler, openKey, onStep, onChange, onDelete }: OwnViewerProps) {
  return (
    <PictureViewer
      pictures={pictures}
      openKey={openKey}
      onChange={onStep}
      actions={(picture, close) => {
        const { key, id, favorite, shareToken } = picture;
        return id ? (
          <>
            <PictureTools key={`tools ${key}`} picture={picture} upscaler={upscaler} />
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
          </>
        ) : null;
      }}
    />
  );
}
