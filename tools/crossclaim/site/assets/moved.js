/* On a former address: to the new one, and to the very paragraph that was asked for. */
"use strict";
{
  const target = new URL(document.querySelector("link[rel=canonical]").href);
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target);
}
