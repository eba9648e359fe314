import { useCallback, useEffect, useState } from 'react';
import { parseRoute, type Route } from './route';

export type Navigate = (path: string, options?: { replace: boolean }) => void;

/** The page's address; changing it never reloads, so a call goes on. */
export function useRoute(): [Route, Navigate] {
  const [route, setRoute] = useState(readRoute);

  useEffect(() => {
    const follow = () => setRoute(readRoute());
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  const navigate = useCallback<Navigate>((path, options) => {
    if (options?.replace === true) {
      window.history.replaceState(null, '', path);
    } else {
      window.history.pushState(null, '', path);
    }

    setRoute(readRoute());
  }, []);

  return [route, navigate];
}

function readRoute(): Route {
  return parseRoute(window.location.pathname, window.location.search);
}
