"use client";

import type { ReactNode } from "react";
import { AudioPlayer } from "./players/audio-player";
import { isDamaged } from "./files/file-facts";
import { CannotShow } from "./files/cannot-show";
import { FileTile } from "./files/file-tile";
import type { MediaItem } from "./media-item";
import { VideoPlayer } from "./players/video-player";

/** The fields of a file that are needed to show it. */
export type ShownMedia = Pick<
  MediaItem,
  "id" | "src" | "thumb" | "kind" | "content_type" | "width" | "height" | "bytes"
>;

export type MediaViewProps = {
  media: ShownMedia;
  /** A description of the file in words. */
  label: string;
  /** The classes of an image or video. All other kinds of files set their own size. */
  className?: string;
  /** Whether the user owns the file. If so, the first frame of a video becomes its poster. */
  isOwner?: boolean;
  /** A link to download the file, shown if the browser cannot show the file. */
  download?: ReactNode;
};

/** Shows a file of any kind: as an image, in a player, or as a tile with the file's name. */
export function MediaView(props: MediaViewProps) {
  const { media, label, className = "", download } = props;
  const { src, thumb, kind, content_type: type, width, height } = media;
  if (kind === "video") return <VideoPlayer {...props} />;
  if (kind === "audio") return <AudioPlayer {...props} />;
  if (kind !== "image") return <FileTile {...props} />;
  if (isDamaged(media)) return <CannotShow download={download}>This file cannot be shown.</CannotShow>;
  return (
    <img
      src={src}
      alt={label}
      width={width ?? undefined}
      height={height ?? undefined}
      className={`bg-cover object-contain ${type === "image/svg+xml" ? "bg-checkers" : ""} ${className}`}
      style={thumb === null || thumb === src ? undefined : { backgroundImage: `url("${thumb}")` }}
    />
  );
}
