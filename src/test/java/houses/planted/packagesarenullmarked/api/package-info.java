/** Says what it is, but not that it is null-marked. */
package houses.planted.packagesarenullmarked.api;
