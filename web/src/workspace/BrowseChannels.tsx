import { useEffect, useState } from 'react';
import { browseChannels, enterChannel, readChannel } from '../api/channels';
import { failureSentence } from '../api/refusals';
import type { PublicChannel } from '../protocol/workspace';
import { channelPath } from '../route';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { useNotify } from '../ui/notify';
import { channelsNamed } from './channelsNamed';
import { useWorkspace } from './workspaceContext';

/** The public channels one is not in, and the way into them. */
export function BrowseChannels({ onClose }: { onClose: () => void }) {
  const { state, dispatch, navigate } = useWorkspace();
  const notify = useNotify();
  const [channels, setChannels] = useState<PublicChannel[] | null>(null);
  const [wanted, setWanted] = useState('');
  const shown = channelsNamed(channels ?? [], wanted);

  useEffect(() => {
    browseChannels()
      .then(setChannels)
      .catch((failure: unknown) => notify(failureSentence(failure)));
  }, [notify]);

  async function enter(channelId: string) {
    try {
      await enterChannel(channelId, state.me.id);
      dispatch({ type: 'channel', channel: await readChannel(channelId) });
      onClose();
      navigate(channelPath(channelId));
    } catch (failure) {
      notify(failureSentence(failure));
    }
  }

  return (
    <Dialog title="Public channels" testId="browse" onClose={onClose}>
      <input
        type="search"
        className="input"
        placeholder="Find a channel"
        aria-label="Find a channel"
        value={wanted}
        data-testid="browse-find"
        onChange={(event) => setWanted(event.target.value)}
      />
      <ul className="people" aria-busy={channels === null}>
        {shown.map((channel) => (
          <li key={channel.id} className="browsed" data-testid="browsed" data-channel-name={channel.name}>
            <Icon name="hash" size={18} />
            <span className="browsed-name">
              {channel.displayName}
              <span className="hint">
                {channel.members} {channel.members === 1 ? 'member' : 'members'}
              </span>
            </span>
            <button type="button" className="button button-quiet" data-testid="browse-join" onClick={() => void enter(channel.id)}>
              Join
              <span className="visually-hidden"> {channel.displayName}</span>
            </button>
          </li>
        ))}
      </ul>
      {channels !== null && shown.length === 0 && (
        <p className="hint">{wanted === '' ? 'You are in every public channel there is.' : 'There is none of that name that you are not in.'}</p>
      )}
    </Dialog>
  );
}
