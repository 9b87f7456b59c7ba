"use client";

import { Download, Info, Link2, SlidersHorizontal, Sprout, Star, Trash2 } from "lucide-react";
import { useToolsFor } from "@/components/jobs/tools";
import { downloadProps } from "@/components/media/files/file-facts";
import type { MediaItem } from "@/components/media/media-item";
import { useItemActions } from "@/components/media/use-item-actions";
import { IconButton } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import type { MediaKind } from "@/lib/media/schema";
import type { CardActions } from "./job-card";

type ResultActionsProps = { item: MediaItem; actions: CardActions };

// These classes hide some buttons on small images. The viewer has all buttons.
const hiddenOnTiny = "@max-[15rem]:hidden";
const hiddenOnSmall = "@max-[20rem]:hidden pointer-coarse:@max-[22rem]:hidden";

const hoverClass =
  "absolute right-2 border bg-surface opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100";
// The position of the buttons for each kind of file. On a video, they are at the top, because the controls of the player are at
// the bottom. On sounds and other files there is no room, so the buttons are below the file.
const places: Record<MediaKind, string> = {
  image: `${hoverClass} bottom-2`,
  video: `${hoverClass} top-2`,
  audio: "mt-1",
  model3d: "mt-1",
  file: "mt-1",
};

/**
 * The buttons for the actions on a finished result. On an image or video, they are visible only on hover and focus, but on touch
 * screens always. Below any other file, they are always visible.
 */
export function ResultActions({ item, actions }: ResultActionsProps) {
  const { id, kind, seed } = item;
  const tools = useToolsFor(item);
  return (
    <div className={`flex gap-0.5 rounded p-0.5 ${places[kind]}`}>
      <a
        {...downloadProps(item)}
        className={buttonClass({ variant: "ghost", size: "icon" })}
        aria-label="Download"
        title="Download"
      >
        <Download aria-hidden className="size-4" />
      </a>
      {/* A click on an image opens the viewer. But a click on a player starts the player, so other kinds need a button that
          opens the viewer. */}
      {kind === "image" ? null : <IconButton label="Details" Icon={Info} onClick={() => actions.onOpen(item)} />}
      <IconButton
        label="Use these settings"
        title="Use these settings, with a new seed"
        Icon={SlidersHorizontal}
        onClick={() => actions.onEdit(item)}
      />
      {tools.map(({ tool, problem }) => (
        // The title is on a wrapper, because browsers do not show the title of a disabled button.
        <span key={tool.id} className={`inline-flex ${hiddenOnTiny}`} title={problem ?? undefined}>
          <IconButton
            label={tool.label}
            title={tool.hint}
            Icon={tool.Icon}
            aria-description={problem ?? undefined}
            disabled={problem !== null}
            costs
            onClick={() => actions.onTool(tool, item)}
          />
        </span>
      ))}
      {seed === null ? null : (
        <IconButton
          label="Use seed"
          title={`Use seed ${seed}`}
          Icon={Sprout}
          className={hiddenOnTiny}
          onClick={() => actions.onUseValues({ seed })}
        />
      )}
      {id ? <SavedButtons id={id} item={item} actions={actions} /> : null}
    </div>
  );
}

/** The buttons for the actions that only a saved file has. */
function SavedButtons({ id, item, actions }: ResultActionsProps & { id: string }) {
  const { kind, favorite, share_token, sharing } = item;
  const open = () => actions.onOpen(item);
  const { isBusy, problem, onFavorite, onShare, onDelete } = useItemActions(id, kind, actions);
  const buttonProps = { className: hiddenOnSmall, disabled: isBusy };
  return (
    <>
      <IconButton
        {...buttonProps}
        label="Favorite"
        aria-pressed={favorite}
        Icon={Star}
        iconClass={favorite ? "fill-current text-risk" : ""}
        onClick={() => onFavorite(!favorite)}
      />
      {/* This button shares the file if it is not shared yet. Then it opens the viewer, which shows the link. */}
      {sharing === "allowed" ? (
        <IconButton
          {...buttonProps}
          label="Share"
          Icon={Link2}
          onClick={() => (share_token ? open() : onShare(open))}
        />
      ) : null}
      {/* `costs` ignores the second click of a double click. After the first click, the next image is under the pointer, so
          the second click would also delete that image. */}
      <IconButton {...buttonProps} label="Delete" Icon={Trash2} costs onClick={onDelete} />
      {problem ? (
        <p className="absolute right-0 bottom-full mb-1 w-max max-w-60 rounded border bg-surface px-2 py-1 text-[13px] text-danger">
          {problem}
        </p>
      ) : null}
    </>
  );
}
