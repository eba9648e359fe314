import type { Post } from '../protocol/workspace';

export interface PostRow {
  post: Post;
  /** The first of a day. */
  startsDay: boolean;
  /** Says again who writes; false within a run of posts by one person. */
  showsAuthor: boolean;
}

const runMs = 5 * 60 * 1000; // After a pause one wants to see again who writes.

/** Pure: posts in order with what is shown around them. */
export function postRows(posts: readonly Post[]): PostRow[] {
  return posts.map((post, index) => {
    const before = posts[index - 1];
    const startsDay = before === undefined || day(before) !== day(post);
    const continues =
      !startsDay &&
      before.author.id === post.author.id &&
      before.type === 'text' &&
      post.type === 'text' &&
      Date.parse(post.createdAt) - Date.parse(before.createdAt) < runMs;
    return { post, startsDay, showsAuthor: !continues };
  });
}

function day(post: Post): string {
  return new Date(post.createdAt).toDateString();
}
