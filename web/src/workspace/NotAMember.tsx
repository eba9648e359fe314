import { enterChannel, readChannel } from '../api/channels';
import { failureSentence } from '../api/refusals';
import { useNotify } from '../ui/notify';
import { useWorkspace } from './workspaceContext';

/** A public channel one is not in: what to do about it. A call link goes on from here. */
export function NotAMember({ channelId }: { channelId: string }) {
  const { state, dispatch } = useWorkspace();
  const notify = useNotify();

  async function enter() {
    try {
      await enterChannel(channelId, state.me.id);
      dispatch({ type: 'channel', channel: await readChannel(channelId) });
    } catch (failure) {
      notify(failureSentence(failure));
    }
  }

  return (
    <div className="empty" data-testid="not-a-member">
      <h1>You are not a member of this channel</h1>
      <p>To read it and to join its calls, become one.</p>
      <button type="button" className="button button-primary" data-testid="enter-channel" onClick={() => void enter()}>
        Join the channel
      </button>
    </div>
  );
}
