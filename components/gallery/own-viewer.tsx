import type { ReactNode } from "react";
import type { Change, Changes } from "@/components/prediction/changes";
import { pictureOf } from "@/components/prediction/kept-picture";
import type { Picture } from "@/components/prediction/picture";
import { closePicture } from "@/components/prediction/close-picture";
import type { GalleryImage } from "@/lib/images/schema";
import { MissingPicture } from "./missing-picture";
import { PictureActions } from "./picture-actions";
import { PictureTools } from "./picture-tools";
import { PictureViewer } from "./picture-viewer";
import { type FindPictures, useFound } from "./use-found";

export type OwnViewerProps = {
  /** Those of the page. */
  pictures: Picture[];
  /** Asked for a picture that is not on the page. */
  find: FindPictures;
  /** A kept picture with the key by which this page finds it; without it that is its id. */
  pictureOf?: (image: GalleryImage) => Picture;
  changes: Changes;
  openKey: string | null;
  onStep: (key: string) => void;
  onChange: (ids: string[], change: Change) => void;
  onDelete: (ids: string[]) => void;
  /** The model that makes pictures larger; null: none is offered here. */
  upscaler: string | null;
  /** Where the composer is on the same page; elsewhere remixing leads there. */
  onRemix?: (picture: Picture) => void;
  /** Instead of the tools that lead to the composer. */
  tools?: (picture: Picture, close: () => void) => ReactNode;
};

/** The viewer over a person's pictures, with what their owner can do with them. */
export function OwnViewer(props: OwnViewerProps) {
  const { pictures, find, changes, openKey, onStep, onChange, onDelete, upscaler, onRemix, tools } = props;
  const { shown, missing, askAgain, take } = useFound(pictures, openKey, find, changes);
  const step = (key: string | null) => (key === null ? closePicture() : onStep(key));
  return (
    <>
      <PictureViewer
        pictures={shown}
        openKey={openKey}
        onChange={step}
        pictureOf={props.pictureOf ?? pictureOf}
        onOpenRelative={(relative) => {
          take(relative);
          onStep(relative.key);
        }}
        onRemix={onRemix && ((picture) => closePicture(() => onRemix(picture)))}
        actions={(picture, close) => {
          const { key, id, favorite, share_token } = picture;
          return (
            <>
              {tools ? (
                tools(picture, close)
              ) : (
                <PictureTools key={`tools ${key}`} picture={picture} upscaler={upscaler} />
              )}
              {id ? (
                <PictureActions
                  key={key}
                  id={id}
                  isFavorite={favorite}
                  shareToken={share_token}
                  onChange={(change) => onChange([id], change)}
                  onDelete={() => {
                    close();
                    onDelete([id]);
                  }}
                />
              ) : null}
            </>
          );
        }}
      />
      <MissingPicture why={missing} onAgain={askAgain} onClose={() => closePicture()} />
    </>
  );
}
